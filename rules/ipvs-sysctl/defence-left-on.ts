import { reviewedFix, valued } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { UNUSUAL_VALUES } from '../../src/model/ipvs-switches.ts';
import { writtenNumber } from '../../src/model/kernel-files.ts';

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
      for (const { key, value, effect, isDefence } of UNUSUAL_VALUES) {
        const written = writtenNumber(host, `net/ipv4/vs/${key}`);
        if (written?.value !== value) continue;
        const say = { host, about: host, at: written.setting.value, message: `${key} ${value} ${effect}` };
        if (isDefence) report({ ...say, fix: reviewedFix('write 1', valued(written.setting.value, 1)) });
        else
          report({
            ...say,
            severity: 'info',
            why: 'It changes what every director does by default, and the next person does not expect it.',
            remedy: 'Delete the line unless you know what it is for.',
          });
      }
    }
  },
});
