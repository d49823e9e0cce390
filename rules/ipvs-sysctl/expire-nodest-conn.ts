import { defineRule } from '../../src/judge/rule.ts';
import { allServices } from '../../src/model/duties.ts';
import { effectiveNumber } from '../../src/model/effective.ts';
import { keySet } from '../../src/model/kernel-edit.ts';
import { hasSysctlFiles, noSysctlFiles } from '../../src/model/kernel-files.ts';
import { removableServer } from '../../src/model/removal.ts';

const KEY = 'net/ipv4/vs/expire_nodest_conn';

export default defineRule({
  id: 'ipvs-sysctl/expire-nodest-conn',
  severity: 'warning',
  title: 'connections of a removed real server are kept and go nowhere',
  why: 'When a check takes a server out, packets of its connections are dropped silently for up to 15 minutes: clients hang and do not reconnect.',
  remedy: 'Set net.ipv4.vs.expire_nodest_conn = 1 in a file of /etc/sysctl.d, on every director.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const removable = removableServer(host);
      const { value, known, from } = host.sysctl === undefined ? NOTHING : effectiveNumber(host.sysctl, KEY);
      const [setting] = from;
      const related = [{ at: removable, message: `a check removes ${removable?.label}` }];
      if (allServices(host).length === 0 || (setting !== undefined && !(known && value === 0))) continue;
      if (setting !== undefined)
        report({
          host,
          about: host,
          at: setting.value,
          message: 'expire_nodest_conn is 0: connections of a removed server go nowhere until they time out',
          related,
          severity: removable === undefined ? 'info' : 'warning',
          fix: keySet(host, KEY, 1, setting),
        });
      else if (removable !== undefined) {
        const last = host.sysctl?.settings.findLast(({ by }) => by === 'file');
        if (!hasSysctlFiles(host)) report.notJudged(host, noSysctlFiles(host));
        else
          report({
            host,
            about: host,
            at: last ?? removable,
            message: 'nothing sets net.ipv4.vs.expire_nodest_conn, so it is 0',
            related: last && related,
            fix: keySet(host, KEY, 1),
          });
      }
    }
  },
});

/** Nobody looked. */
const NOTHING = { value: undefined, known: false, from: [] };
