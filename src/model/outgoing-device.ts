import type { Host } from './cluster.ts';
import { addressKey, inPrefix } from './endpoint.ts';
import { movedVips } from './vip-list.ts';

interface Way {
  readonly network: string;
  readonly prefix: number;
  readonly device: string;
}

/** The device by which a host reaches an address: by its running routes, else by the networks of its own addresses. */
export function deviceTowards(host: Host, address: string): string | undefined {
  if (host.policyRules !== undefined && host.policyRules.length > 0) return undefined;
  const ways = host.routes === undefined ? writtenWays(host) : runningWays(host);
  const fitting = ways.filter(({ network, prefix }) => inPrefix(address, network, prefix));
  const longest = Math.max(...fitting.map(({ prefix }) => prefix));
  const [device, ...others] = new Set(
    fitting.filter(({ prefix }) => prefix === longest).map((way) => way.device),
  );
  return others.length === 0 ? device : undefined;
}

function runningWays({ routes = [] }: Host): readonly Way[] {
  return routes.flatMap(({ destination, family, device, table, type }) => {
    if (table !== 'main' || type !== 'unicast' || device === undefined) return [];
    const whole = family === 4 ? '32' : '128';
    const [text = '', length = whole] =
      destination.value === 'default' ? [family === 4 ? '0.0.0.0' : '::', '0'] : destination.value.split('/');
    const network = addressKey(text);
    return network === undefined ? [] : [{ network, prefix: Number(length), device }];
  });
}

function writtenWays({ vrrp = [], addresses = [] }: Host): readonly Way[] {
  const moved = vrrp.flatMap((instance) =>
    movedVips(instance).map(({ value: { key, prefix, device } }) => ({
      key,
      prefix,
      device: device ?? instance.interface?.value,
    })),
  );
  const own = addresses.map(({ key, prefix, interface: device }) => ({
    key,
    prefix: prefix?.value,
    device: device.value,
  }));
  return [...moved, ...own].flatMap(({ key, prefix, device }) =>
    key === undefined || prefix === undefined || device === undefined
      ? []
      : [{ network: key, prefix, device }],
  );
}
