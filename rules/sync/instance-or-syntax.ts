import { defineRule } from '../../src/judge/rule.ts';

export default defineRule({
  id: 'sync/instance-or-syntax',
  severity: 'warning',
  title: 'the sync daemon is bound to nothing that exists',
  why: 'The daemon does not start or does not change sides: connections are lost at the failover that it is there for.',
  remedy:
    'Write lvs_sync_daemon INTERFACE INSTANCE id N to global_defs, with the name of a vrrp_instance of this file.',
  needs: ['globals', 'vrrp'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const daemon = host.globals.syncDaemon;
      const names = host.vrrp.map(({ label }) => label);
      const { instance, interface: device } = daemon ?? {};
      if (daemon === undefined || device === undefined) continue;
      if (instance !== undefined && !names.includes(instance.value))
        report({
          host,
          about: daemon,
          at: instance,
          message: `lvs_sync_daemon follows the instance ${instance.value}, which is not defined: nothing starts it`,
        });
      else if (/^lo(?::|$)/.test(device.value))
        report({
          host,
          about: daemon,
          at: device,
          message: 'lvs_sync_daemon sends on lo: its multicast messages never reach the peer',
        });
      else if (instance === undefined && names.length > 0)
        report({
          host,
          about: daemon,
          at: daemon,
          message: 'lvs_sync_daemon follows no instance: it sends and receives at all times',
          severity: 'info',
          why: 'That is right where both directors are master of something; else it only costs messages.',
        });
      else if (names.length > 0 && host.vrrp.every(({ unicastPeers }) => unicastPeers.length > 0))
        report({
          host,
          about: daemon,
          at: daemon,
          message: `VRRP is unicast here, and lvs_sync_daemon sends multicast to ${daemon.group?.value ?? '224.0.0.81'}`,
          severity: 'info',
          why: 'A network that does not carry the multicast of VRRP does not carry this one either.',
        });
    }
  },
});
