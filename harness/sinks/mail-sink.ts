// Receives Alertmanager's e-mail, for whoever it is addressed to: security@anywhere is the receiver security.
import { once } from 'node:events'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { HarnessError, asHarnessError, messageOf } from '../errors.ts'
import { withDeadline } from '../time/poll.ts'
import { mailDelivery } from './mail-body.ts'
import { BrokenOnOrder, misbehaving } from './misbehave.ts'
import type { SinkOptions, StartedSink } from './sink.ts'

const LARGEST_MAIL = 4 * 1_024 * 1_024
const CLOSE_MS = 2_000

/** Listens for SMTP without TLS and without accounts: it is reached from the stack only. ADDRESS_TAKEN when it cannot. */
export async function startMailSink(options: SinkOptions): Promise<StartedSink> {
  const { host, port } = options.listen
  const over = new AbortController()
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: LARGEST_MAIL,
    logger: false,
    closeTimeout: CLOSE_MS,
    // Looking up the name of a caller would take longer than the whole delivery.
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, done) => void tell(done, admit(options, address, over.signal)),
    onData: (stream, session, done) => void tell(done, receive(options, stream, session)),
  })
  // A caller that goes away in the middle is no error of the sink.
  server.on('error', () => undefined)
  server.listen(port, host)
  await once(server.server, 'listening').catch((cause: unknown) => {
    throw new HarnessError('ADDRESS_TAKEN', `the mail sink cannot listen on ${host}:${port}`, { cause })
  })
  const bound = server.server.address()
  const address = { host, port: bound !== null && typeof bound === 'object' ? bound.port : port }
  return { address, [Symbol.asyncDispose]: () => closed(server, options, over) }
}

async function tell(done: (refused?: Refusal) => void, answer: Promise<Refusal | undefined>): Promise<void> {
  done(await answer)
}

const receiverOf = (address: string) => address.replace(/@.*$/s, '')

/** SMTP's word for "not now, try again later" is 451. */
type Refusal = Error & { responseCode?: number }

function refusal(why: string, responseCode: number): Refusal {
  return Object.assign(new Error(why), { responseCode })
}

/** Undefined lets the recipient in. */
async function admit(options: SinkOptions, address: string, over: AbortSignal): Promise<Refusal | undefined> {
  return misbehaving(receiverOf(address), options, over).then(
    () => undefined,
    (thrown: unknown) => refusal(thrown instanceof BrokenOnOrder ? 'Try again later' : messageOf(thrown), 451),
  )
}

async function receive(options: SinkOptions, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Refusal | undefined> {
  const receivers = session.envelope.rcptTo.map(({ address }) => receiverOf(address))
  let [code, step] = [554, '']
  try {
    const chunks: Buffer[] = []
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
    if (stream.sizeExceeded) throw new HarnessError('PROBE_UNREACHABLE', `the mail is larger than ${LARGEST_MAIL} bytes`)
    const at = options.clock.now()
    const mail = await PostalMime.parse(Buffer.concat(chunks))
    const deliveries = receivers.map((receiver) => mailDelivery(receiver, mail))
    ;[code, step] = [451, 'it could not be recorded: ']
    for (const delivery of deliveries) await options.onDelivery(delivery, at)
    return undefined
  } catch (thrown) {
    const why = `${step}${asHarnessError(thrown).message}`
    options.onRefused(`the mail sink did not take a mail to ${receivers.join(', ')}: ${why}`, options.clock.now())
    return refusal(why, code)
  }
}

/** Lets a mail that is under way finish, for two seconds; then every connection is cut. */
async function closed(server: SMTPServer, { clock }: SinkOptions, over: AbortController): Promise<void> {
  over.abort()
  const wait = { clock, within: CLOSE_MS + 500, what: 'the last mails' }
  await withDeadline(wait, () => new Promise<void>((resolve) => server.close(resolve))).catch(() => undefined)
}
