import { defineRule } from '../../src/judge/rule.ts';
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
      for (const { loser, winner } of host.sysctl === undefined ? [] : contradictions(host.sysctl))
        report({
          host,
          about: { id: `${host.id}/${loser.key}`, label: keyName(loser.key), place: loser.place },
          at: loser.value,
          message: `${keyName(loser.key)} is set twice in this file: ${loser.value.value} here, ${winner.value.value} below, which wins`,
          related: [{ at: winner.value, message: 'this one counts' }],
          remedy: 'Keep the line that is meant and delete the other.',
        });
    }
  },
});
