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
    id: 'verify/requests-slow',
    severity: 'warning',
    title: 'some requests take a second longer than the others',
    why: 'So long a client waits before it sends a lost SYN again: some first packets are dropped on the way.',
    remedy:
      'Look for net.ipv4.vs.conn_reuse_mode on old kernels, a full connection tracking table, and a listen queue that overflows (nstat TcpExtListenDrops).',
  },
  {
    id: 'verify/answers-not-where-ipvs-sent',
    severity: 'error',
    title: 'answers come from other servers than those that IPVS chose',
    why: 'Something behind the director sends the connections on: weights and checks hold for a server that does not answer.',
    remedy:
      'Look for redirections on the real servers: iptables-save -t nat, a proxy that listens on the port, an address that two machines have.',
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
  {
    id: 'verify/undo-unconfirmed',
    severity: 'error',
    title: 'nobody saw that the fault was undone',
    why: 'The cluster may still be in the state that the test put it in.',
    remedy:
      'Wait for the time that the message names, then run lvsdoctor diagnose; start the service by hand where it is still down.',
  },
  {
    id: 'verify/no-takeover',
    severity: 'error',
    title: 'the backup does not take over',
    why: 'When the master dies, the VIP is gone until somebody is awake.',
    remedy:
      'Look at keepalived and its log on the backup, and whether VRRP (protocol 112) reaches it; lvsdoctor diagnose compares both nodes.',
  },
  {
    id: 'verify/takeover-late',
    severity: 'error',
    title: 'the backup takes over later than its timers say',
    why: 'Clients wait for longer than the configuration promises, and nobody knows for how long the next time.',
    remedy:
      'Compare advert_int, version and priority of the running daemons, and look for a node that lacks processor time.',
  },
  {
    id: 'verify/two-masters',
    severity: 'error',
    title: 'both nodes hold the VIP',
    why: 'Some clients reach the old node, some the new one, and connections break when neighbours change their minds.',
    remedy:
      'Make sure that a node that loses keepalived loses its VIPs too, and that both hear each other; lvsdoctor explain drift/stale-vip tells more.',
  },
  {
    id: 'verify/vip-not-announced',
    severity: 'error',
    title: 'the new master does not announce the VIP',
    why: 'Neighbours keep the MAC address of the dead node until their entries expire, which takes minutes.',
    remedy:
      'Set garp_master_delay and garp_master_repeat to values above 0 on both nodes, and look for a filter of ARP on the way.',
  },
  {
    id: 'verify/outage-outlasts-takeover',
    severity: 'warning',
    title: 'clients wait although a new master is there',
    why: 'Something between client and VIP still sends to the dead node: a neighbour or switch that ignores gratuitous ARP.',
    remedy:
      'Look at the ARP table of the router during a failover; garp_master_refresh or use_vmac help where gratuitous ARP is ignored.',
  },
  {
    id: 'verify/no-comeback',
    severity: 'error',
    title: 'the old master does not take the VIP back',
    why: 'The pair runs on one node that was not meant for it, and the next failover has nowhere to go.',
    remedy:
      'Look whether keepalived runs there again, which state its log names, and which checks it tracks.',
  },
  {
    id: 'verify/comeback-late',
    severity: 'warning',
    title: 'the old master comes back later than its timers say',
    why: 'Something holds it: a tracked check that needs time, or a daemon that starts slowly.',
    remedy: 'Look at rise of tracked scripts, vrrp_startup_delay and the log of the start.',
  },
  {
    id: 'verify/comeback-unexpected',
    severity: 'warning',
    title: 'the old master takes the VIP back although it is to stay backup',
    why: 'Every return is a second outage, which nopreempt was to avoid.',
    remedy:
      'nopreempt works with state BACKUP on both nodes only; compare the running configuration with the file.',
  },
  {
    id: 'verify/outage-at-return',
    severity: 'warning',
    title: 'the return of the old master interrupts clients',
    why: 'It takes the VIP before it can serve: its table is still empty, or its connections are unknown.',
    remedy:
      'Set preempt_delay so that checks and synchronisation are through first, or nopreempt on both nodes.',
  },
  {
    id: 'verify/connections-lost',
    severity: 'warning',
    title: 'open connections do not survive though a sync daemon is configured',
    why: 'The backup does not know them: long downloads and sessions break at every failover.',
    remedy:
      'Compare sync id and interface of both directors (ipvsadm -L --daemon), and let UDP port 8848 to 224.0.0.81 pass.',
  },
  {
    id: 'verify/server-not-removed',
    severity: 'error',
    title: 'a director keeps sending to a dead real server',
    why: 'Every share of the traffic that falls to it is lost, until somebody is awake.',
    remedy:
      'Look at the check of this server in keepalived.conf and at the log of the checker; lvsdoctor explain checker/none tells more.',
  },
  {
    id: 'verify/removal-late',
    severity: 'warning',
    title: 'a dead real server is taken out later than its check says',
    why: 'Clients lose requests for longer than the configuration promises.',
    remedy:
      'Look for checks that wait for each other, for a busy director, and whether the running daemon has read the file.',
  },
  {
    id: 'verify/failures-after-removal',
    severity: 'error',
    title: 'requests fail although the dead server is out',
    why: 'Old connections or persistence still lead to it, or another server fails as well.',
    remedy:
      'Set net.ipv4.vs.expire_nodest_conn to 1, with persistence expire_quiescent_template too, and look at the other servers.',
  },
  {
    id: 'verify/others-disturbed',
    severity: 'error',
    title: 'the failure of one server breaks connections to others',
    why: 'One dead machine costs more clients than its own.',
    remedy:
      'Look whether the director reloads or clears its table when a check fails: notify scripts and quorum_down run then.',
  },
  {
    id: 'verify/server-not-put-back',
    severity: 'error',
    title: 'a real server that serves again gets no traffic',
    why: 'The cluster runs with less than it was sized for, and nobody is told.',
    remedy:
      'Look at the checker in the log of the director and at the weight in ipvsadm -L -n; a check may ask for what the service answers differently.',
  },
  {
    id: 'verify/server-back-late',
    severity: 'warning',
    title: 'a real server comes back later than its check says',
    why: 'After a rolling restart the next server is taken down while this one is still out.',
    remedy: 'Look at delay_loop and warmup of the check, and for how long the service needs to start.',
  },
] as const satisfies readonly Mistake[];

/** The name of one of them. */
export type OutcomeId = (typeof outcomes)[number]['id'];
