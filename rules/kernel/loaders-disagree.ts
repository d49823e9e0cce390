import { defineRule } from '../../src/judge/rule.ts';
import { keyName } from '../../src/model/kernel-files.ts';
import { type LeftValue, loaderDifferences } from '../../src/model/loader-difference.ts';

export default defineRule({
  id: 'kernel/loaders-disagree',
  severity: 'warning',
  title: 'sysctl --system and the boot come to different values',
  why: 'systemd-sysctl reads other files than sysctl, in another order, and one line of each key: what is loaded by hand and works is gone after the next reboot.',
  remedy: 'Write each key once, in a file of /etc/sysctl.d whose name ends in .conf and begins with no dot.',
  needs: ['sysctl'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const [first, ...others] = loaderDifferences(host.sysctl);
      const at = first?.loaded.setting ?? first?.booted.setting;
      if (first === undefined || at === undefined) continue;
      const { key, loaded, booted } = first;
      const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
      report({
        host,
        about: host,
        at: at.value,
        message: `${keyName(key)} is ${shown(loaded)} after sysctl --system, ${shown(booted)} after a boot with systemd${more}`,
        related: [
          {
            at: booted.setting === at ? undefined : booted.setting?.value,
            message: 'the boot takes this line',
          },
          ...others.slice(0, 3).map((other) => ({
            at: (other.loaded.setting ?? other.booted.setting)?.value,
            message: `${keyName(other.key)}, too`,
          })),
        ],
      });
    }
  },
});

function shown({ value }: LeftValue): string {
  return value ?? 'left alone';
}
