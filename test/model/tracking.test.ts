import { expect, test } from 'vitest';
import { doubtAboutCommand } from '../../src/model/command-line.ts';
import { priorityWithout, tracksOf, weightedTracks } from '../../src/model/tracking.ts';
import { clusterOf } from '../support/lint.ts';

const DEFINITIONS = `
vrrp_script down {
    script "/usr/bin/true"
    weight -20
}
vrrp_script up {
    script "/usr/bin/true"
    weight 20
}
vrrp_track_process proxy {
    process haproxy
    weight 10
}
track_file maintenance {
    file /etc/keepalived/maintenance
}
vrrp_sync_group VG_1 {
    group {
        GROUPED
        OTHER
    }
    track_script {
        down
    }
}
`;

/** An instance that tracks these things. */
async function read(name: string, lines: string, priority = 100) {
  const text = `${DEFINITIONS}
vrrp_instance ${name} {
    interface eth0
    virtual_router_id 61
    priority ${priority}
    virtual_ipaddress {
        192.0.2.100/24
    }
${lines}
}
`;
  const [host] = (await clusterOf({ 'lb1/keepalived.conf': text })).hosts;
  if (host?.vrrp?.[0] === undefined) throw new Error('no instance');
  return { host, instance: host.vrrp[0] };
}

const SCRIPTS = 'track_script {\nup\ndown\nlost\n}';
const OTHERS =
  'track_process {\nproxy\n}\ntrack_file {\nmaintenance\n}\ntrack_interface {\neth1 weight -30\n}';

test('the weight is that of the track, else that of what it names, else 0, for files 1', async () => {
  const { instance } = await read('VI_1', `track_script {\nup\ndown weight -5 reverse\nlost\n}\n${OTHERS}`);
  expect(instance.tracks.map(({ name, weight, reverse }) => [name.value, weight.value, reverse])).toEqual([
    ['up', 20, false],
    ['down', -5, true],
    ['lost', 0, false],
    ['eth1', -30, false],
    ['proxy', 10, false],
    ['maintenance', 1, false],
  ]);
  expect(instance.tracks.map(({ definition }) => definition !== undefined)).toEqual([
    true,
    true,
    false,
    false,
    true,
    true,
  ]);
});

// keepalived.conf(5), vrrp_script: the effective priority stays between 1 and 254.
test.each([
  [100, [], 120],
  [100, ['up'], 100],
  [100, ['down'], 100],
  [100, ['up', 'down'], 80],
  [250, [], 254],
  [10, ['up', 'down'], 1],
  [255, ['up', 'down'], 255],
])('priority %i with %j failed is %i', async (priority, failed, expected) => {
  const { host, instance } = await read('VI_1', SCRIPTS, priority);
  const tracks = weightedTracks(host, instance);
  const names = new Set<string>(failed);
  const gone = tracks.filter(({ name }) => names.has(name.value));
  expect(priorityWithout(instance, tracks, gone)).toBe(expected);
});

// keepalived 2.2.7: "ignoring tracked script … with weights due to SYNC group"; processes keep theirs.
test('in a sync group a script with a weight is dropped, and what the group tracks is added', async () => {
  const { host, instance } = await read('GROUPED', `${SCRIPTS}\n${OTHERS}`);
  expect(tracksOf(host, instance).map(({ kind, name }) => `${kind} ${name.value}`)).toEqual([
    'script lost',
    'interface eth1',
    'process proxy',
    'file maintenance',
    'script down',
  ]);
});

test.each([
  ['/usr/bin/pidof haproxy', undefined],
  ['killall -0 haproxy', undefined],
  ['/bin/sh -c ss -ltn | grep -q :80', undefined],
  ['checks/web.sh', 'error'],
  ['./web.sh', 'error'],
  ['web.py --quick', 'warning'],
  ['/usr/bin/ss -ltn | grep :80', 'error'],
  ['/usr/bin/curl -s http://127.0.0.1/ >/dev/null', 'error'],
  ['/usr/bin/test -f /run/ok; exit 0', 'error'],
  ['</dev/tcp/127.0.0.1/80', 'warning'],
  ['</run/haproxy.pid', undefined],
])('%s: %s', (command, severity) => {
  expect(doubtAboutCommand(command)?.severity).toBe(severity);
});
