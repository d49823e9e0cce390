import { defineRule } from '../../src/judge/rule.ts';
import { exposures } from '../../src/model/host-file.ts';

export default defineRule({
  id: 'security/config-readable',
  severity: 'warning',
  title: "others than root may write or read keepalived's files",
  why: 'keepalived starts as root and runs the commands that its files name: whoever may write to them is root.',
  remedy: 'Give the files to root and take the rights of others away: chown root:root, chmod 640.',
  needs: ['files'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts)
      for (const doubt of exposures(host)) report({ host, about: host, ...doubt });
  },
});
