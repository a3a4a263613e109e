// Is a way said to be encrypted closed to those who speak plainly?
import { matchNames } from '../../model/stack.ts'
import { count } from '../wording.ts'
import { byLooks, tally } from './look.ts'
import type { GateJudge } from './look.ts'

export const encrypted: GateJudge<'encrypted'> = {
  describe: ({ edges, mutual }) => `${edges.join(', ')} speak TLS only${mutual ? ', and each side shows a certificate' : ''}`,
  judge: byLooks('encrypted', ({ edges, mutual }, value) => {
    const named = value.map((one) => ({ ...one, name: one.edge }))
    const tried = edges.flatMap((edge) => matchNames(edge, named))
    const unknown = edges.filter((edge) => matchNames(edge, named).length === 0).map((edge) => `${edge} was not tried`)
    const wrong = tried.flatMap(({ edge, plain, tls, needsCertificate }) => {
      if (plain) return [`${edge} is answered without TLS`]
      if (!tls) return [`${edge} does not speak TLS`]
      return mutual && !needsCertificate ? [`${edge} asks for no certificate`] : []
    })
    return tally({ wrong, unknown, good: `${count(tried.length, 'edge')} encrypted` })
  }),
}
