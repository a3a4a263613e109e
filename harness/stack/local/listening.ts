// Where processes wait for calls, as the kernel has it: /proc/net/tcp and tcp6, and who holds which socket.
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { isLoopback } from '../../model/insight.ts'
import type { Listener } from '../../model/insight.ts'

const LISTEN = '0A'

/** Of processes of this machine, each door once. Throws where it may not look at one that lives. */
export function listenersOf(pids: readonly number[]): readonly Listener[] {
  const held = new Set(pids.flatMap(socketsOf))
  const doors = ['tcp', 'tcp6'].flatMap((table) => listeningIn(textOf(`/proc/net/${table}`)))
  const own = doors.filter(({ inode }) => held.has(inode)).map(({ address, port }) => ({ port, address, loopback: isLoopback(address) }))
  return [...new Map(own.map((door) => [`${door.address} ${door.port}`, door])).values()]
}

/** Every listening socket of one of these tables. */
export function listeningIn(table: string): readonly { readonly address: string; readonly port: number; readonly inode: string }[] {
  return table.split('\n').slice(1).flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
    const [address = '', port = ''] = local.split(':')
    return state === LISTEN ? [{ address: address.length === 8 ? fourOf(address) : sixOf(address), port: Number.parseInt(port, 16), inode }] : []
  })
}

/** `0100007F` -> 127.0.0.1: the kernel writes words as this machine has them, least byte first. */
function fourOf(hex: string): string {
  return bytesOf(hex).join('.')
}

function sixOf(hex: string): string {
  const words = hex.match(/.{8}/g) ?? []
  const mapped = /^0{16}FFFF0000/i.test(hex)
  if (mapped) return `::ffff:${fourOf(words[3] ?? '')}`
  const all = words.flatMap(bytesOf).map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return URL.parse(`http://[${all.match(/.{4}/g)?.join(':')}]`)?.hostname.slice(1, -1) ?? all
}

function bytesOf(word: string): readonly number[] {
  return (word.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).toReversed()
}

const SOCKET = /^socket:\[(\d+)\]$/

function socketsOf(pid: number): readonly string[] {
  const links = ifThere(() => readdirSync(`/proc/${pid}/fd`)) ?? []
  return links.flatMap((link) => SOCKET.exec(ifThere(() => readlinkSync(`/proc/${pid}/fd/${link}`)) ?? '')?.[1] ?? [])
}

function textOf(path: string): string {
  return ifThere(() => readFileSync(path, 'utf8')) ?? ''
}

/** A process or a file of it that has gone meanwhile is nobody's door. */
function ifThere<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (thrown) {
    if (['ENOENT', 'ESRCH'].includes((thrown as NodeJS.ErrnoException).code ?? '')) return undefined
    throw thrown
  }
}
