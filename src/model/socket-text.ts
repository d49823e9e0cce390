import type { Family } from './cluster.ts';
import { addressKey, familyOf } from './endpoint.ts';

/** What an address with a port, as proxies write it, stands for. */
export interface SocketText {
  /** Canonical; undefined: every address of the families. */
  readonly address: string | undefined;
  readonly families: readonly Family[];
  readonly ports: readonly [low: number, high: number] | undefined;
  /** A name or a variable stands there. */
  readonly unclear: boolean;
}

/**
 * `192.0.2.1:80`, `*:80`, `:80`, `[::]:443`, `:::443`, `192.0.2.1:8000-8010`, and without a port `192.0.2.1` or `80`.
 * Undefined for what is no address at all: a path, `unix:…`, `fd@3`.
 */
export function readSocketText(text: string): SocketText | undefined {
  if (text.startsWith('/') || /^(?:unix|uxst|uxdg|abns|abnsz|fd|sockpair|quic\d?)(?:[:@]|$)/.test(text))
    return undefined;
  const [, host = '', low, high] = /^(?:(.*):)?(?:(\d{1,5})(?:-(\d{1,5}))?)?$/.exec(text) ?? [
    undefined,
    text,
  ];
  const bare = host.replace(/^ipv[46]@/, '').replace(/^\[(.*)\]$/, '$1');
  const first = low === undefined ? undefined : Number(low);
  const ports =
    first === undefined ? undefined : ([first, high === undefined ? first : Number(high)] as const);
  if (bare === '' || bare === '*' || bare === '0.0.0.0')
    return { address: undefined, families: [host.startsWith('ipv6@') ? 6 : 4], ports, unclear: false };
  if (bare === '::') return { address: undefined, families: [6], ports, unclear: false };
  const key = addressKey(bare);
  return {
    address: key,
    families: key === undefined ? [] : [familyOf(key)],
    ports,
    unclear: key === undefined,
  };
}
