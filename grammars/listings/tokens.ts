import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain';

/*
 * One token a line: every row of a listing fits a line, and its columns are split where they are read. Lines of no
 * known form go to a group of their own, so that the parser never meets them.
 */

const line = (name: string, pattern: RegExp): TokenType => createToken({ name, pattern });

const LineEnd = createToken({ name: 'LineEnd', pattern: /\n+/, group: Lexer.SKIPPED, line_breaks: true });
const Blank = createToken({ name: 'Blank', pattern: /[ \t\r]+(?=\n|$)/, group: Lexer.SKIPPED });
export const Version = line('Version', /IP Virtual Server version[^\n]*/);
export const ServiceHead = line('ServiceHead', /Prot[ \t]+LocalAddress:Port[^\n]*/);
export const ServerHead = line('ServerHead', /[ \t]*->[ \t]+RemoteAddress:Port[^\n]*/);
export const Server = line('Server', /[ \t]*->[ \t][^\n]*/);
export const ConnectionTitle = line('ConnectionTitle', /IPVS connection entries[^\n]*/);
export const ConnectionHead = line('ConnectionHead', /pro[ \t]+expire[ \t][^\n]*/);
/** A service has no time behind its protocol. */
export const Connection = line('Connection', /[A-Z][A-Z\d_]*[ \t]+\d+:\d\d[ \t][^\n]*/);
export const Service = line('Service', /(?:TCP|UDP|SCTP|FWM)[ \t][^\n]*/);
export const Timeouts = line('Timeouts', /Timeout \(tcp tcpfin udp\):[^\n]*/);
export const Daemon = line('Daemon', /(?:master|backup) sync daemon[^\n]*/);
const Unknown = createToken({ name: 'Unknown', pattern: /[^\n]+/, group: 'unknown' });

/** Every token type, in the order in which the lexer tries them. */
export const tokenTypes: TokenType[] = [
  LineEnd,
  Blank,
  ServerHead,
  Server,
  Connection,
  Service,
  Version,
  ServiceHead,
  ConnectionTitle,
  ConnectionHead,
  Timeouts,
  Daemon,
  Unknown,
];

let lexer: Lexer | undefined;

/** The lines of a listing, and those that are none of it. Any text can be cut: nothing is an error here. */
export function tokensOf(text: string): { readonly known: IToken[]; readonly unknown: IToken[] } {
  lexer ??= new Lexer(tokenTypes, { positionTracking: 'onlyOffset', skipValidations: true });
  const { tokens, groups } = lexer.tokenize(text);
  return { known: tokens, unknown: groups['unknown'] ?? [] };
}
