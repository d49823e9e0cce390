import { defineRule } from '../../src/judge/rule.ts';
import { idleDirectors, takeoverLack } from '../../src/model/idle-director.ts';

export default defineRule({
  id: 'drift/backup-would-fail',
  severity: 'error',
  title: 'a director that waits lacks what the serving one has',
  why: 'Nobody uses the backup, so nobody notices: what it lacks is missed in the moment in which it has to serve.',
  remedy: 'Make the backup equal to the master, and try it: a failover in a quiet hour.',
  needs: ['vrrp', 'liveAddresses'],
  spans: true,
  evenIfPartial: true,
  follows: ['drift/daemon-not-running'],
  check({ whole }, report) {
    for (const waiting of idleDirectors(whole)) {
      const lack = takeoverLack(waiting);
      if (lack !== undefined) report({ host: waiting.idle, about: waiting.idle, ...lack });
    }
  },
});
