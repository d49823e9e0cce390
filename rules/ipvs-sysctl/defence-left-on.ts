import { defineRule } from '../../src/judge/rule.ts';
import { writtenNumber } from '../../src/model/kernel-files.ts';

/** Documentation/networking/ipvs-sysctl.rst: 3 is "always on". */
const ALWAYS = 3;
const DEFENCES: Readonly<Record<string, string>> = {
  drop_entry: 'drops half-open connections at random, always',
  drop_packet: 'drops packets of new connections, always',
  secure_tcp: 'uses the short timeouts of an attack, always',
};
/** Switches that few directors have a use for, away from their defaults. */
const SWITCHES: Readonly<Record<string, readonly [unusual: number, effect: string]>> = {
  run_estimation: [0, 'stops the rates: ipvsadm --rate shows zero'],
  cache_bypass: [1, 'sends clients to the VIP itself when no server is left: that suits transparent caches'],
  nat_icmp_send: [1, 'tells clients by ICMP when no server is left'],
  pmtu_disc: [0, 'stops looking for the packet size that a tunnel carries'],
};

export default defineRule({
  id: 'ipvs-sysctl/defence-left-on',
  severity: 'warning',
  title: 'a defence against attacks is always on',
  why: 'New connections are dropped although nothing is wrong, and no log line says so.',
  remedy:
    'Delete the line, or set the key to 1: then the kernel defends itself only while memory runs short.',
  needs: ['sysctl'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const of = (key: string) => writtenNumber(host, `net/ipv4/vs/${key}`);
      for (const [key, effect] of Object.entries(DEFENCES)) {
        const written = of(key);
        if (written?.value !== ALWAYS) continue;
        report({ host, about: host, at: written.setting.value, message: `${key} ${ALWAYS} ${effect}` });
      }
      for (const [key, [unusual, effect]] of Object.entries(SWITCHES)) {
        const written = of(key);
        if (written?.value !== unusual) continue;
        report({
          host,
          about: host,
          at: written.setting.value,
          message: `${key} ${unusual} ${effect}`,
          severity: 'info',
          why: 'It changes what every director does by default, and the next person does not expect it.',
          remedy: 'Delete the line unless you know what it is for.',
        });
      }
    }
  },
});
