import type { Fact, Located } from '../evidence/fact.ts';
import type { Family, Subject } from './cluster.ts';

/** A proxy of layer 7, haproxy or nginx, as far as a load balancer in front of it is concerned. */
export interface L7Proxy extends Subject {
  readonly program: 'haproxy' | 'nginx';
  readonly listeners: readonly ProxyListener[];
  /** Where it hands requests to. */
  readonly servers: readonly ProxyServer[];
  /** What ties a client to one of its servers; undefined where nothing does. */
  readonly sticky?: Located | undefined;
}

/** One address and port on which it takes connections. */
export interface ProxyListener extends Located {
  /** Canonical; undefined: every address of its families. */
  readonly address: string | undefined;
  readonly families: readonly Family[];
  /** Both ends belong to it. */
  readonly ports: readonly [low: number, high: number];
  readonly protocol: 'TCP' | 'UDP';
  /** It takes only connections that begin with a PROXY header: the word that says so. */
  readonly proxyHeader?: Located | undefined;
  /** It may take an address that the host does not have: haproxy's `transparent`. */
  readonly foreign: boolean;
  /** Its address is a name or a variable: nobody can say where it listens. */
  readonly unclear: boolean;
}

export interface ProxyServer extends Located {
  /** Canonical; undefined for a name. */
  readonly address: string | undefined;
  readonly port: number | undefined;
  /** The word that makes it send a PROXY header. */
  readonly sendsProxyHeader?: Fact<string> | undefined;
}

/** Whether a listener takes what is sent to this address and port, as far as the file tells. */
export function takes(listener: ProxyListener, address: string, family: Family, port: number): boolean {
  const [low, high] = listener.ports;
  if (listener.unclear) return true;
  if (port < low || port > high) return false;
  return listener.address === undefined ? listener.families.includes(family) : listener.address === address;
}
