import { reviewedFix } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { keyRemoved } from '../../src/model/kernel-edit.ts';

/** net/netfilter/ipvs/Kconfig, IP_VS_TAB_BITS: 8 to 20, on recent 64-bit kernels 8 to 27. */
const [FEWEST, MOST] = [8, 27];

export default defineRule({
  id: 'ipvs-sysctl/conn-table-bits',
  severity: 'warning',
  title: 'the size of the connection table is set where nothing reads it',
  why: 'conn_tab_bits is a parameter of the module ip_vs and no kernel key: the table keeps its 4096 rows, and long chains cost CPU at the peak.',
  remedy:
    'Write "options ip_vs conn_tab_bits=20" to a file of /etc/modprobe.d, and load the module anew or reboot.',
  needs: [],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const setting of [...(host.sysctl?.settings ?? []), ...(host.sysctl?.refused ?? [])]) {
        if (!/^net\/ipv4\/(?:vs\/|ip_vs_)conn_tab_bits$/.test(setting.key)) continue;
        const message = 'conn_tab_bits is no kernel key: ip_vs takes it only when it is loaded';
        report({
          host,
          about: host,
          at: setting,
          message,
          fix: reviewedFix('delete it', keyRemoved(setting)),
        });
      }
      for (const { does, words } of host.commands ?? []) {
        if (does !== 'load-module') continue;
        for (const word of words) {
          const bits = Number(/^conn_tab_bits=(\d{1,9})$/.exec(word.text)?.[1] ?? FEWEST);
          if (word.unknown || (bits >= FEWEST && bits <= MOST)) continue;
          report({
            host,
            about: host,
            at: word,
            message: `ip_vs takes conn_tab_bits from ${FEWEST} to ${MOST}: with ${bits} it keeps its default`,
          });
        }
      }
    }
  },
});
