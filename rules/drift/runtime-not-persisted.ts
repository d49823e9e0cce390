import { defineRule } from '../../src/judge/rule.ts';
import { keyName } from '../../src/model/kernel-files.ts';
import { settingDrifts } from '../../src/model/settings-drift.ts';

export default defineRule({
  id: 'drift/runtime-not-persisted',
  severity: 'error',
  title: 'the running kernel and the files of the boot disagree',
  why: 'What works now is gone after the next reboot, or what the file promises never was: the outage comes months later.',
  remedy: 'Write the value that is right to a file of /etc/sysctl.d, and load it with sysctl --system.',
  needs: ['sysctl'],
  // What does harm now is told first; the same key under it.
  follows: [
    'forward/ip-forward-off',
    'forward/rp-filter-drops',
    'arp/missing-arp-ignore',
    'arp/missing-arp-announce',
    'arp/only-lo-set',
    'arp/wrong-value',
    'arp/suppression-on-director',
  ],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const { key, written, running } of settingDrifts(host)) {
        const name = keyName(key);
        const value = running.value.value;
        report({
          host,
          about: host,
          at: written === undefined ? running.value : written.value,
          message:
            written === undefined
              ? `${name} is ${value} in the kernel, and no file sets it`
              : `${name} is ${value} in the kernel, ${written.value.value} in the files`,
          related:
            written === undefined ? [] : [{ at: running.value, message: 'the kernel has another value' }],
        });
      }
    }
  },
});
