import type { Tree, Word } from '../../grammars/tree.ts';
import { stated } from '../evidence/fact.ts';
import type { L7Proxy, ProxyListener, ProxyServer } from './proxy.ts';
import { readSocketText } from './socket-text.ts';

/** What haproxy.cfg says of listening and handing on (haproxy's manual, chapters 4 and 5, release 2.6). */
export function proxyFromHaproxy(host: string, { source, statements }: Tree): L7Proxy {
  const listeners: ProxyListener[] = [];
  const servers: ProxyServer[] = [];
  let sticky: Word | undefined;
  for (const { words: head, block = [] } of statements) {
    const kind = head[0]?.text;
    // `listen NAME ADDRESS:PORT`, as it was written before bind.
    if ((kind === 'listen' || kind === 'frontend') && head[2] !== undefined)
      listeners.push(...listenersOf(head.slice(1)));
    if (!/^(?:listen|frontend|backend|defaults)$/.test(kind ?? '')) continue;
    const inherited = block.map(({ words }) => words).find(([word]) => word?.text === 'default-server');
    for (const { words } of block) {
      const keyword = words[0]?.text;
      if (keyword === 'bind') listeners.push(...listenersOf(words));
      else if (keyword === 'server') servers.push(...serverOf(words, inherited ?? []));
      else if (
        keyword === 'stick' ||
        keyword === 'cookie' ||
        (keyword === 'balance' && words[1]?.text === 'source')
      )
        sticky ??= words[0];
    }
  }
  const place = { source, range: { start: 0, end: 0 } };
  return { id: `${host}/haproxy`, label: 'haproxy', program: 'haproxy', place, listeners, servers, sticky };
}

/** `bind ADDRESS:PORT[,ADDRESS:PORT…] OPTIONS` */
function listenersOf([, sockets, ...options]: readonly Word[]): readonly ProxyListener[] {
  if (sockets === undefined) return [];
  const option = (name: string) => options.find(({ text }) => text === name);
  const both = option('v4v6') !== undefined;
  return sockets.text.split(',').flatMap((text): ProxyListener[] => {
    const socket = readSocketText(text);
    if (socket?.ports === undefined) return text.includes('$') ? [anywhere(sockets)] : [];
    const { address, families, ports, unclear } = socket;
    return [
      {
        address,
        families: both ? [4, 6] : families,
        ports,
        protocol: 'TCP',
        proxyHeader: option('accept-proxy'),
        foreign: option('transparent') !== undefined,
        unclear,
        place: sockets.place,
      },
    ];
  });
}

function anywhere({ place }: Word): ProxyListener {
  return {
    address: undefined,
    families: [4, 6],
    ports: [1, 65_535],
    protocol: 'TCP',
    foreign: false,
    unclear: true,
    place,
  };
}

/** `server NAME ADDRESS[:PORT] OPTIONS` */
function serverOf(
  [, , socket, ...options]: readonly Word[],
  inherited: readonly Word[],
): readonly ProxyServer[] {
  const read = socket && readSocketText(socket.text);
  if (socket === undefined || read === undefined) return [];
  const header = [...options, ...inherited].find(({ text }) => /^send-proxy(?:-v2.*)?$/.test(text));
  return [
    {
      address: read.address,
      port: read.ports?.[0],
      sendsProxyHeader: header && stated(header.text, header),
      place: socket.place,
    },
  ];
}
