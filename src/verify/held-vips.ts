import { addressKey } from '../model/endpoint.ts';

/** The addresses of a host among those in question, kept up to date by what `ip` prints. */
export interface HeldVips {
  /** Takes lines of `ip -o address show`; the addresses are then these. */
  set(listing: string): readonly string[];
  /** Takes a line of `ip -o -ts monitor address`; undefined where it changes nothing of them. */
  change(line: string):
    | {
        readonly time: number | undefined;
        readonly before: readonly string[];
        readonly after: readonly string[];
      }
    | undefined;
}

/** Addresses on lo are a real server's and no director's. */
const ADDRESS = /^(?:\[(\S+)\] ?)?(Deleted )?\d+: (\S+)\s+inet6? ([0-9a-fA-F.:]+)/;

export function heldVips(vips: readonly string[]): HeldVips {
  let held: readonly string[] = [];
  return {
    set(listing) {
      const found = new Set(
        listing.split('\n').flatMap((line) => {
          const [, , , device, address] = ADDRESS.exec(line) ?? [];
          return device === undefined || device === 'lo' ? [] : (addressKey(address ?? '') ?? []);
        }),
      );
      held = vips.filter((vip) => found.has(vip));
      return held;
    },
    change(line) {
      const [, stamp, deleted, device, address = ''] = ADDRESS.exec(line) ?? [];
      const key = addressKey(address);
      const vip = vips.find((each) => each === key);
      if (vip === undefined || device === 'lo') return undefined;
      const before = held;
      held = vips.filter((each) => (each === vip ? deleted === undefined : held.includes(each)));
      const time = stamp === undefined ? Number.NaN : Date.parse(`${stamp.replace(/(\.\d{3})\d*$/, '$1')}Z`);
      return held.length === before.length
        ? undefined
        : { time: Number.isNaN(time) ? undefined : time, before, after: held };
    },
  };
}
