import { defineRule } from '../../src/judge/rule.ts';
import { localAddressDoubts } from '../../src/model/local-address.ts';

export default defineRule({
  id: 'fullnat/dpvs-local-address',
  severity: 'error',
  title: 'a FULLNAT service of DPVS has no local address with ports',
  why: 'DPVS replaces the client address by a local one; without it no connection reaches a server, and they pile up in SYN_RECV.',
  remedy: 'Add a local address to the service: ipvsadm --add-laddr -z ADDRESS -t VIP:PORT -F DEVICE',
  needs: ['services', 'commands'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts)
      for (const doubt of localAddressDoubts(host)) report({ host, ...doubt });
  },
});
