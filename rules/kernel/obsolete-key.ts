import { defineRule } from '../../src/judge/rule.ts';
import type { KernelSetting } from '../../src/model/kernel.ts';
import { keyName } from '../../src/model/kernel-files.ts';
import { isBefore } from '../../src/model/release.ts';
import { type ObsoleteKey, obsoleteKey } from '../../src/model/sysctl-keys.ts';

const TW_RECYCLE = 'net/ipv4/tcp_tw_recycle';

export default defineRule({
  id: 'kernel/obsolete-key',
  severity: 'warning',
  title: 'a kernel key that current kernels no longer have',
  why: 'At boot the line is passed over without a word, sysctl -p ends with an error, and the limit that was meant is not set.',
  remedy: 'Delete the line, or set the key that does its work today.',
  needs: ['sysctl'],
  evenIfPartial: true,
  check(cluster, report) {
    const { kernel } = cluster.whole.target;
    for (const host of cluster.hosts) {
      for (const setting of host.sysctl.settings) {
        const obsolete = setting.by === 'running' ? undefined : obsoleteKey(setting.key);
        if (obsolete === undefined || setting.ignoreErrors) continue;
        const { state, lastKernel } = obsolete;
        const recycles = setting.key === TW_RECYCLE && setting.value.value === '1';
        const isOld = lastKernel !== undefined && isBefore(kernel, lastKernel.replace(/\d+$/, next));
        if (isOld && !recycles) continue;
        report({
          host,
          about: host,
          at: setting,
          message: isOld
            ? `net.ipv4.tcp_tw_recycle = 1 on kernel ${kernel} drops connections of clients behind one NAT`
            : messageOf(setting, obsolete),
          severity: isOld ? 'error' : state === 'without-effect' ? 'info' : 'warning',
          remedy: obsolete.remedy,
        });
      }
    }
  },
});

/** The release behind the last one that has it. */
function next(minor: string): string {
  return String(Number(minor) + 1);
}

function messageOf({ key }: KernelSetting, { state, lastKernel, instead }: ObsoleteKey): string {
  const name = keyName(key);
  if (state === 'never') return `${name} comes from a patch: no released kernel has it`;
  const since = lastKernel === undefined ? '' : ` after kernel ${lastKernel}`;
  if (state === 'without-effect') return `${name} does nothing${since}`;
  const today = instead === undefined ? '' : `; today it is ${keyName(instead)}`;
  return `${name} is gone${since}${today}`;
}
