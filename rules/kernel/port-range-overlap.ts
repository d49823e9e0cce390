import { defineRule, threshold } from '../../src/judge/rule.ts';
import { settingOf } from '../../src/model/kernel-settings.ts';
import { isWithin, listenersOf, readPortList, readPortRange } from '../../src/model/listeners.ts';

export default defineRule({
  id: 'kernel/port-range-overlap',
  severity: 'warning',
  title: 'outgoing connections take ports that services listen on',
  why: 'An outgoing connection that happens to hold the port keeps the service from binding it after a restart: "address already in use".',
  remedy: 'Begin the range at 10240, or list the ports of services in net.ipv4.ip_local_reserved_ports.',
  needs: ['sysctl'],
  spans: true,
  evenIfPartial: true,
  thresholds: {
    servicesEnd: threshold(10_000, 'as port', 'most services listen below it: 3306, 5432, 6379, 8080'),
  },
  check(cluster, report, thresholdsOn) {
    for (const host of cluster.hosts) {
      const setting = settingOf(host.sysctl, 'net/ipv4/ip_local_port_range');
      const range = setting && readPortRange(setting.value.value);
      if (setting === undefined || range === undefined || setting.by === 'running') continue;
      const list = settingOf(host.sysctl, 'net/ipv4/ip_local_reserved_ports');
      const reserved = readPortList(list?.value.value ?? '');
      const taken = listenersOf(cluster.whole, host).find(
        ({ port }) => isWithin(port, range) && !reserved.some((part) => isWithin(port, part)),
      );
      if (taken !== undefined) {
        report({
          host,
          about: host,
          at: setting.value,
          message: `outgoing connections take ports ${range[0]} to ${range[1]}, and ${taken.what} needs port ${taken.port}`,
          // A director opens few connections of its own, and one in 60,000 of them meets the daemon.
          ...(taken.at === host.globals?.syncDaemon && { severity: 'info' }),
          related: [{ at: taken.at, message: `${taken.what} needs port ${taken.port} on ${host.label}` }],
        });
      } else if (range[0] < thresholdsOn(host).servicesEnd && list === undefined) {
        report({
          host,
          about: host,
          at: setting.value,
          message: `outgoing connections take ports from ${range[0]} on, where services usually listen`,
          severity: 'info',
        });
      }
    }
  },
});
