import { HELD_SCHEDULERS } from './held-load.ts';
import {
  fields,
  finite,
  flag,
  isObject,
  listOf,
  oneOf,
  type Shape,
  tableOf,
  text,
  variants,
} from './shape.ts';
import type { Timeline } from './timeline.ts';

/** The timelines of a file that a test wrote, or what of it is not as it was written. */
export type ReadTimelines = { readonly timelines: readonly Timeline[] } | { readonly why: string };

/** Reads one timeline, or a list of them. Whatever the text is, judges can work with what this lets through. */
export function readTimelines(json: string): ReadTimelines {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { why: 'it is no JSON' };
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (items.length === 0) return { why: 'it holds no timeline' };
  const timelines: Timeline[] = [];
  for (const item of items) {
    if (isObject(item) && typeof item['schemaVersion'] === 'number' && item['schemaVersion'] > 1)
      return { why: `its schemaVersion is ${item['schemaVersion']}, this release knows 1` };
    const wrong = timeline(item);
    if (wrong !== undefined) return { why: `${wrong.slice(1) || 'it'} is not what a timeline has there` };
    const read = item as Timeline;
    timelines.push({ ...read, moments: read.moments.toSorted((one, other) => one.at - other.at) });
  }
  return { timelines };
}

const counts = listOf(fields({ server: text, connections: finite, active: finite, inactive: finite }));
const weights = listOf(fields({ server: text, weight: finite }));
const outcome = oneOf('answered', 'refused', 'timeout', 'reset', 'unreachable', 'error');

const observed = variants('kind', {
  request: fields({ service: text, outcome, milliseconds: finite }, { from: text, by: text }),
  connection: fields({ service: text, id: finite, alive: flag }),
  counters: fields({ host: text, service: text, servers: counts }),
  table: fields({ host: text, service: text, servers: weights }),
  holder: fields({ host: text, vips: listOf(text) }),
  advert: fields({ seenBy: text, from: text, vrid: finite, priority: finite, version: finite }),
  garp: fields({ seenBy: text, address: text, mac: text }),
  arp: fields({ seenBy: text, address: text, macs: listOf(text) }),
});

const step = oneOf('start', 'arm', 'fault', 'undo', 'disarm', 'undone', 'abort', 'end', 'note');
const dated = { at: finite };
const done = fields({ ...dated, did: text, step }, { host: text, within: finite });
const seen = fields({ ...dated, observed }, { within: finite });
const moment: Shape = (value) => (isObject(value) && 'did' in value ? done(value) : seen(value));

const span = fields({ earliest: finite, latest: finite, because: text });
const service = fields({ id: text, label: text, address: text, port: finite });

const failover = fields(
  {
    fault: oneOf('stop', 'crash', 'link', 'isolate'),
    master: text,
    successor: text,
    routers: listOf(
      fields(
        { id: text, label: text, version: oneOf(2, 3), vips: listOf(text), priorities: tableOf(finite) },
        { virtualRouterId: finite },
      ),
    ),
    services: listOf(service),
    takeover: span,
    advertInterval: finite,
    keepsConnections: flag,
    restoredWithin: finite,
  },
  { comeback: span },
);

const realServer = fields({
  fault: oneOf('stop', 'drop'),
  host: text,
  server: text,
  address: text,
  port: finite,
  service,
  id: text,
  directors: listOf(text),
  checker: text,
  isKept: flag,
  removal: span,
  comeback: span,
  restoredWithin: finite,
});

const by = oneOf('rr', 'wrr', 'sh', 'mh');
const expectation = variants('kind', {
  cycle: fields({ by }),
  connections: fields({ by }),
  clients: fields({ by, prefix: finite, persistent: flag }),
  one: fields({ of: oneOf('heaviest', 'any') }),
  held: fields({ by: oneOf(...HELD_SCHEDULERS) }),
  unknown: fields({ why: text }),
});
const planned = listOf(fields({ server: text, weight: finite }, { running: finite, sorry: flag }));

const distribution = fields({
  client: text,
  macs: tableOf(text),
  services: listOf(
    fields(
      {
        service: text,
        director: text,
        scheduler: text,
        servers: planned,
        expectation,
        unit: oneOf('connections', 'client addresses', 'open connections'),
        needed: finite,
        units: finite,
        requests: finite,
        sources: listOf(text),
      },
      {
        refusal: text,
        request: fields(
          { kind: oneOf('http', 'https', 'tcp', 'udp'), address: text, port: finite },
          { identify: text },
        ),
      },
    ),
  ),
});

const frame = { schemaVersion: oneOf(1), startedAt: text, moments: listOf(moment) };
const timeline = variants('test', {
  failover: fields({ ...frame, plan: failover }),
  'real-server': fields({ ...frame, plan: realServer }),
  distribution: fields({ ...frame, plan: distribution }),
});
