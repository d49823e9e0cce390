import { defineRule } from '../../src/judge/rule.ts';
import type { Host } from '../../src/model/cluster.ts';
import type { KernelSetting } from '../../src/model/kernel.ts';
import { keyName } from '../../src/model/kernel-files.ts';
import { moduleOf } from '../../src/model/sysctl-keys.ts';

export default defineRule({
  id: 'conntrack/keys-before-module',
  severity: 'info',
  title: 'kernel keys that exist only once a module is loaded',
  why: 'At boot sysctl passes over keys that are not there yet, without a word: the file says one thing, the kernel another.',
  remedy: 'Name the module in a file of /etc/modules-load.d: then it is loaded before the keys are set.',
  needs: ['sysctl'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const keys = new Map<string, KernelSetting>();
      for (const setting of host.sysctl.settings) {
        const module = setting.by === 'file' ? moduleOf(setting.key) : undefined;
        if (module !== undefined && !keys.has(module) && !isLoadedFirst(host, module))
          keys.set(module, setting);
      }
      const [first, ...others] = keys;
      if (first === undefined) continue;
      const [module, setting] = first;
      const more = others.map(([name, other]) => `, ${keyName(other.key)} only if ${name} is`);
      report({
        host,
        about: host,
        at: setting,
        message: `${keyName(setting.key)} is set at boot only if ${module} is loaded by then${more.join('')}`,
        related: others.map(([name, at]) => ({ at, message: `needs ${name}` })),
      });
    }
  },
});

/** A script loads the files again, or sees to the module; or the running kernel shows that all is well. */
function isLoadedFirst({ commands, sysctl }: Host, module: string): boolean {
  const shown = [...(sysctl?.running ?? [])].some(({ key }) => moduleOf(key) === module);
  return (
    shown ||
    commands?.some(
      (command) =>
        command.does === 'load-sysctl' ||
        (command.does === 'write-boot-file' && command.file.value.includes('modules')),
    ) === true
  );
}
