import type { Mistake } from '../judge/rule.ts';

/** What the tests of `verify` can find. Each has a page, `docs/rules/verify/<what-is-wrong>.md`, and settings know it. */
export const outcomes = [
  {
    id: 'verify/shares-not-as-expected',
    severity: 'error',
    title: 'requests are not spread as scheduler and weights say',
    why: 'A server gets more than it was sized for while others idle: at peak it is the first to fail.',
    remedy:
      'Compare the running weights with the file (ipvsadm -S -n), then look at persistence, one client network and packet filters on the way.',
  },
  {
    id: 'verify/answers-bypass-the-director',
    severity: 'error',
    title: 'clients are answered although IPVS counted nothing',
    why: 'Somebody else answers for the VIP: no balancing, no check and no failover holds for those clients.',
    remedy:
      'On every real server set arp_ignore 1 and arp_announce 2 (all), and take the VIP off its outer interface; the MAC address tells which one.',
  },
  {
    id: 'verify/requests-failed',
    severity: 'error',
    title: 'requests to a virtual service fail while nothing else happens',
    why: 'Clients see these errors now; a server that fails its requests but not its check stays in the table.',
    remedy:
      'Ask the servers that got the failed requests directly, then make the check ask what clients ask.',
  },
  {
    id: 'verify/sorry-server-answers',
    severity: 'warning',
    title: 'only the sorry server answers',
    why: 'All real servers of the service are out: clients get the page of last resort.',
    remedy: 'Bring real servers back; lvsdoctor diagnose says why their checks fail.',
  },
  {
    id: 'verify/persistence-not-kept',
    severity: 'error',
    title: 'one client reaches several servers although the service is persistent',
    why: 'Sessions that live on one server are lost between two requests of one visitor.',
    remedy:
      'Look whether all ports of the session are one service (port 0 or a firewall mark), and whether the client comes from several networks.',
  },
] as const satisfies readonly Mistake[];

/** The name of one of them. */
export type OutcomeId = (typeof outcomes)[number]['id'];
