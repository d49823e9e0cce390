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
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const { key, written, running } of settingDrifts(host)) {
        const name = keyName(key);
        const value = running.value.value;
        report({
          host,
          about: host,
          at: written === undefined ? running : written.value,
          message:
            written === undefined
              ? `${name} is ${value} in the kernel, and no file sets it`
              : `${name} is ${value} in the kernel, ${written.value.value} in the files`,
          related: written === undefined ? [] : [{ at: running, message: 'the kernel has another value' }],
        });
      }
    }
  },
});
