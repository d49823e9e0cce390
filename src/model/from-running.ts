import { itemsAt, readJson, type Scalar, scalarAt, type Value, valueAt } from '../../grammars/json/read.ts';
import { stated } from '../evidence/fact.ts';
import type { Source } from '../evidence/source.ts';
import { addressKey, familyOf } from './endpoint.ts';
import type { LiveAddress, VrrpStatus } from './running.ts';

/** The addresses of `ip -j address` (ip-address(8), iproute2 6.1), with the device that each stands on. */
export function addressesFromIp(source: Source): readonly LiveAddress[] {
  return readJson(source).flatMap((list) =>
    itemsAt(list).flatMap((link) => {
      const device = scalarAt(link, 'ifname');
      return device === undefined
        ? []
        : itemsAt(link, 'addr_info').flatMap((entry) => liveAddress(entry, device) ?? []);
    }),
  );
}

function liveAddress(entry: Value, device: Scalar): LiveAddress | undefined {
  const address = scalarAt(entry, 'local');
  const key = address && addressKey(address.text);
  if (address === undefined || key === undefined) return undefined;
  const prefix = scalarAt(entry, 'prefixlen');
  const scope = scalarAt(entry, 'scope')?.text;
  const label = scalarAt(entry, 'label')?.text;
  return {
    place: address.place,
    address: stated(address.text, address),
    key,
    family: familyOf(key),
    prefix: prefix && stated(Number(prefix.text), prefix),
    interface: stated(device.text, device),
    ...(scope !== undefined && { scope }),
    ...(label?.includes(':') && { label }),
    by: 'running',
  };
}

/** vrrp.h of keepalived 2.2.7; the daemon itself writes 2 for a master. */
const STATES: ReadonlyMap<string, VrrpStatus['state']['value']> = new Map([
  ['0', 'INIT'],
  ['1', 'BACKUP'],
  ['2', 'MASTER'],
  ['3', 'FAULT'],
]);

/** The states of the instances in the file that keepalived writes when `keepalived --signum=JSON` is sent to it. */
export function statesFromKeepalived(source: Source): readonly VrrpStatus[] {
  return readJson(source).flatMap((list) =>
    itemsAt(list).flatMap((item) => {
      const data = valueAt(item, 'data');
      const name = scalarAt(data, 'iname');
      const written = scalarAt(data, 'state');
      const state = written && STATES.get(written.text);
      if (name === undefined || written === undefined || state === undefined) return [];
      return [{ name: name.text, state: stated(state, written), place: written.place }];
    }),
  );
}
