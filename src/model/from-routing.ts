import { itemsAt, readJson, scalarAt, type Value, valueAt } from '../../grammars/json/read.ts';
import { stated } from '../evidence/fact.ts';
import type { Source } from '../evidence/source.ts';
import type { Link, PolicyRule, Route } from './running.ts';

/** The interfaces of `ip -j -d link` (ip-link(8), iproute2 6.1). */
export function linksFrom(source: Source): readonly Link[] {
  return itemsOf(source).flatMap((item) => {
    const name = scalarAt(item, 'ifname');
    const flags = valueAt(item, 'flags');
    if (name === undefined || flags === undefined) return [];
    const up = itemsAt(item, 'flags').flatMap((flag) =>
      flag.kind === 'scalar' && flag.text === 'UP' ? [flag] : [],
    )[0];
    const has = (text: string) =>
      itemsAt(item, 'flags').some((flag) => flag.kind === 'scalar' && flag.text === text);
    const kind = scalarAt(valueAt(item, 'linkinfo'), 'info_kind')?.text;
    const mac = scalarAt(item, 'link_type')?.text === 'ether' ? scalarAt(item, 'address')?.text : undefined;
    return [
      {
        name: name.text,
        up: stated(up !== undefined, up ?? name),
        hasCarrier: !has('NO-CARRIER'),
        place: name.place,
        ...(kind !== undefined && { kind }),
        ...(mac !== undefined && { mac: mac.toLowerCase() }),
      },
    ];
  });
}

/** The routes of `ip -j route show table all`; the main table is the one without a name (ip-route(8)). */
export function routesFrom(source: Source): readonly Route[] {
  return itemsOf(source).flatMap((item) => {
    const destination = scalarAt(item, 'dst');
    if (destination === undefined) return [];
    const gateway = scalarAt(item, 'gateway');
    const device = scalarAt(item, 'dev')?.text;
    const mark = gateway?.text ?? destination.text;
    return [
      {
        // Only the IPv6 listing gives every route a preference for its router (RFC 4191).
        family: mark.includes(':') || scalarAt(item, 'pref') !== undefined ? 6 : 4,
        destination: stated(destination.text, destination),
        table: scalarAt(item, 'table')?.text ?? 'main',
        type: scalarAt(item, 'type')?.text ?? 'unicast',
        metric: Number(scalarAt(item, 'metric')?.text ?? 0),
        place: destination.place,
        ...(gateway !== undefined && { gateway: stated(gateway.text, gateway) }),
        ...(device !== undefined && { device }),
      },
    ];
  });
}

/** What each kernel has from the start (ip-rule(8)). */
const OWN_TABLES = new Set(['local', 'main', 'default']);

/** The rules of `ip -j rule` that somebody has added. */
export function policyRulesFrom(source: Source): readonly PolicyRule[] {
  return itemsOf(source).flatMap((item) => {
    const table = scalarAt(item, 'table');
    const isOwn = OWN_TABLES.has(table?.text ?? '') && scalarAt(item, 'src')?.text === 'all';
    return isOwn ? [] : [{ table: table?.text ?? '', place: (table ?? item).place }];
  });
}

function itemsOf(source: Source): readonly Value[] {
  return readJson(source).flatMap((list) => itemsAt(list));
}
