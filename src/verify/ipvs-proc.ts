import { addressKey } from '../model/endpoint.ts';

/** A virtual service of the kernel's own listing, with the servers that are in. */
export interface ListedService {
  /** `192.0.2.200:80` */
  readonly key: string;
  readonly servers: readonly { readonly server: string; readonly weight: number }[];
}

/** What the watch of a session tells of /proc/net/ip_vs: `;TCP C0A850C8:0050 C0A85066:0050/1 …`. */
export function readListed(text: string): readonly ListedService[] {
  return text.split(';').flatMap((part) => {
    const [protocol, service = '', ...servers] = part.trim().split(/\s+/);
    const key = socketOf(service);
    if (protocol !== 'TCP' || key === undefined) return [];
    return [
      {
        key,
        servers: servers.flatMap((each) => {
          const at = each.lastIndexOf('/');
          const server = socketOf(each.slice(0, at));
          return server === undefined ? [] : [{ server, weight: Number(each.slice(at + 1)) }];
        }),
      },
    ];
  });
}

/** Of each connection that a line of /proc/net/ip_vs_conn is about: the client's port, and the server that has it. */
export function readConnections(text: string): ReadonlyMap<number, string> {
  return new Map(
    text.split('\n').flatMap((line) => {
      const [, , port = '', , , address = '', serverPort = ''] = line.trim().split(/\s+/);
      const server = socketOf(`${address}:${serverPort}`);
      return server === undefined ? [] : [[Number.parseInt(port, 16), server] as const];
    }),
  );
}

/** `C0A850C8:0050`, and of IPv6 `[2001:0db8:…]:0050`. */
function socketOf(text: string): string | undefined {
  const [, four, six, port = ''] =
    /^(?:([0-9A-F]{8})|\[?([0-9a-fA-F:]{39})\]?):([0-9A-F]{4})$/.exec(text) ?? [];
  if (four !== undefined)
    return `${four
      .match(/../g)
      ?.map((byte) => Number.parseInt(byte, 16))
      .join('.')}:${Number.parseInt(port, 16)}`;
  const key = six === undefined ? undefined : addressKey(six);
  return key === undefined ? undefined : `[${key}]:${Number.parseInt(port, 16)}`;
}
