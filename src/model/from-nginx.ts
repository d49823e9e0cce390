import type { Statement, Tree, Word } from '../../grammars/tree.ts';
import type { L7Proxy, ProxyListener, ProxyServer } from './proxy.ts';
import { readSocketText } from './socket-text.ts';

/** Files that say nothing of listening. */
const HARMLESS = /mime\.types$|modules-|fastcgi|uwsgi|scgi|proxy_params|snippets\//;

/** What nginx.conf says of listening and handing on (ngx_http_core_module, ngx_http_upstream_module, release 1.22). */
export function proxyFromNginx(
  host: string,
  { source, statements }: Tree,
): { readonly proxy: L7Proxy; readonly includes: string | undefined } {
  const listeners: ProxyListener[] = [];
  const servers: ProxyServer[] = [];
  let sticky: Word | undefined;
  let includes: string | undefined;
  for (const directive of contextsOf(statements)) {
    const { words, block } = directive;
    const [keyword, first] = words;
    if (keyword?.text === 'include' && first !== undefined && !HARMLESS.test(first.text))
      includes ??= first.text;
    if (keyword?.text === 'server' && block !== undefined) listeners.push(...listenersOf(directive));
    if (keyword?.text !== 'upstream') continue;
    for (const { words: line } of block ?? []) {
      const [name, value] = line;
      if (name?.text === 'server' && value !== undefined) servers.push(...serverOf(value));
      else if (/^(?:ip_hash|sticky)$/.test(name?.text ?? '') || value?.text === '$remote_addr')
        sticky ??= name;
    }
  }
  const place = { source, range: { start: 0, end: 0 } };
  return {
    proxy: { id: `${host}/nginx`, label: 'nginx', program: 'nginx', place, listeners, servers, sticky },
    includes,
  };
}

/** The directives of the file itself and of its `http` and `stream`: a file of sites-enabled stands in one of them. */
function* contextsOf(statements: readonly Statement[]): Generator<Statement> {
  for (const statement of statements) {
    yield statement;
    if (/^(?:http|stream)$/.test(statement.words[0]?.text ?? '')) yield* statement.block ?? [];
  }
}

/** Without `listen` a server takes port 80 of every address. */
function listenersOf(server: Statement): readonly ProxyListener[] {
  const lines = (server.block ?? []).filter(({ words }) => words[0]?.text === 'listen');
  if (lines.length === 0) return [listenerOf('*:80', [], server)];
  return lines.flatMap(({ words: [, socket, ...options] }) =>
    socket === undefined || socket.text.startsWith('unix:') ? [] : listenerOf(socket.text, options, socket),
  );
}

function listenerOf(
  text: string,
  options: readonly Word[],
  { place }: Pick<Statement, 'place'>,
): ProxyListener {
  const socket = readSocketText(/^\d+$/.test(text) ? `*:${text}` : text);
  const option = (name: string) => options.find((word) => word.text === name);
  const both = option('ipv6only=off') !== undefined;
  return {
    address: socket?.address,
    families: both ? [4, 6] : (socket?.families ?? []),
    ports: socket?.ports ?? [80, 80],
    protocol: option('udp') === undefined && option('quic') === undefined ? 'TCP' : 'UDP',
    proxyHeader: option('proxy_protocol'),
    foreign: false,
    unclear: socket?.unclear ?? true,
    place,
  };
}

function serverOf(socket: Word): readonly ProxyServer[] {
  const read = readSocketText(socket.text);
  if (read === undefined) return [];
  return [{ address: read.address, port: read.ports?.[0] ?? 80, place: socket.place }];
}
