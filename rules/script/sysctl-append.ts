import { safeFix } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { keyRemoved } from '../../src/model/kernel-edit.ts';
import { keyName } from '../../src/model/kernel-files.ts';
import { contradictions, unguardedAppends } from '../../src/model/sysctl-repeats.ts';

export default defineRule({
  id: 'script/sysctl-append',
  severity: 'warning',
  title: 'a sysctl file collects lines that contradict each other',
  why: 'The last line wins: values of old roles survive in between, and nobody sees at a glance which one counts.',
  remedy: 'Write a file of its own with >, for example /etc/sysctl.d/90-lvs.conf, and keep each key once.',
  needs: [],
  check({ whole }, report) {
    for (const host of whole.hosts) {
      for (const [file, [first, ...others]] of unguardedAppends(host.commands ?? [])) {
        const [setting] = first.settings;
        report({
          host,
          about: { id: `${host.id}/${file}`, label: file, place: first.place },
          at: first,
          message: `every run adds ${setting === undefined ? 'lines' : keyName(setting.key)} to ${file} once more`,
          related: others.slice(0, 3).map((at) => ({ at, message: 'and this line' })),
        });
      }
      for (const { losers, winner } of host.sysctl === undefined ? [] : contradictions(host.sysctl)) {
        const [first, ...others] = losers;
        if (first === undefined) continue;
        const key = keyName(first.key);
        report({
          host,
          about: { id: `${host.id}/${first.key}`, label: key, place: first.place },
          at: first.value,
          message: `${key} is set ${others.length === 0 ? 'twice' : `${losers.length + 1} times`} in this file: ${first.value.value} here, ${winner.value.value} in the end`,
          related: [
            ...others.slice(0, 3).map((at) => ({ at: at.value, message: 'and this' })),
            { at: winner.value, message: 'this one counts' },
          ],
          remedy: 'Keep the line that is meant and delete the other.',
          fix: safeFix('delete what does not count', ...losers.map(keyRemoved)),
        });
      }
    }
  },
});
