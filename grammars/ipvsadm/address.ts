import { isIPv6 } from 'node:net';
import { portNamed } from './service-ports.ts';

/** `ADDRESS[:PORT]` as ipvsadm takes it. What only the running host can know is undefined. */
export interface AddressPort {
  readonly family: 4 | 6;
  /** IPv4 in its plain form, IPv6 as written, or a host name, which ipvsadm looks up as IPv4. */
  readonly address: string | undefined;
  readonly port: number | undefined;
  readonly hasPort: boolean;
}

/** Reads `ADDRESS[:PORT]`; undefined for what ipvsadm refuses whatever names the host knows. */
export function readAddressPort(text: string): AddressPort | undefined {
  if (/^\d*$/.test(text)) return undefined;
  if (!text.startsWith('[')) {
    if (isPlainIpv6(text)) return { family: 6, address: text, port: undefined, hasPort: false };
    const colon = text.lastIndexOf(':');
    return colon === -1 ? readIpv4Port(text) : readIpv4Port(text.slice(0, colon), text.slice(colon + 1));
  }
  const close = text.indexOf(']');
  if (close === -1 || text[close + 1] !== ':') return undefined;
  const inside = text.slice(1, close);
  // Brackets around anything but IPv6 make the program forget the port.
  if (!isPlainIpv6(inside)) return readIpv4Port(inside);
  const port = readPort(text.slice(close + 2));
  return port && { family: 6, address: inside, port: port.number, hasPort: true };
}

/** What is certain of `ADDRESS:PORT` in which the shell puts something in: `10.0.0.1:$PORT`, `$VIP:80`. */
export function readPartly(text: string): AddressPort {
  const family = text.startsWith('[') ? 6 : 4;
  const colon = text.lastIndexOf(':');
  const host = text.slice(family === 6 ? 1 : 0, family === 6 ? colon - 1 : colon);
  const portText = colon === -1 ? '' : text.slice(colon + 1);
  // Without the sign that the shell replaces, the text may lack a part.
  const isOpen = colon !== -1 && /[$`]/.test(text);
  const address = isOpen ? (family === 6 && isPlainIpv6(host) ? host : readIpv4(host)) : undefined;
  const port = isOpen && /^\d{1,5}$/.test(portText) ? readPort(portText)?.number : undefined;
  return { family, address, port, hasPort: portText !== '' };
}

function readIpv4Port(host: string, portText?: string): AddressPort | undefined {
  const address = readIpv4(host) ?? readName(host);
  if (address === undefined) return undefined;
  if (portText === undefined) return { family: 4, address, port: undefined, hasPort: false };
  const port = readPort(portText);
  return port && { family: 4, address, port: port.number, hasPort: true };
}

function readPort(text: string): { readonly number: number | undefined } | undefined {
  if (/^\s*\+?\d+$/.test(text)) {
    const number = Number(text);
    return number <= 65_535 ? { number } : undefined;
  }
  return /^[a-z][\w.+*/-]*$/i.test(text) ? { number: portNamed(text) } : undefined;
}

/** A name that a resolver would be asked for. One of digits and dots only never resolves. */
function readName(text: string): string | undefined {
  return text.length < 254 && /^[a-z0-9_][\w.-]*$/i.test(text) && !/^[\d.]+$/.test(text) ? text : undefined;
}

/** inet_pton knows no zones. */
function isPlainIpv6(text: string): boolean {
  return text.includes(':') && !text.includes('%') && isIPv6(text);
}

const PLAIN = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;
const PART = /^(?:0x[\da-f]+|0[0-7]*|[1-9]\d*)$/i;

/** inet_aton(3): up to four numbers, the last one fills what is left, `0` begins octal and `0x` hexadecimal. */
export function readIpv4(text: string): string | undefined {
  if (PLAIN.test(text)) return text;
  const parts = text.length > 64 ? [] : text.split('.');
  if (parts.length === 0 || parts.length > 4 || !parts.every((part) => PART.test(part))) return undefined;
  const numbers = parts.map((part) => Number(/^0\d/.test(part) ? `0o${part}` : part));
  const last = numbers.pop() ?? 0;
  if (numbers.some((number) => number > 255) || last >= 256 ** (4 - numbers.length)) return undefined;
  const bytes = [24, 16, 8, 0].map((shift, at) => numbers[at] ?? Math.floor(last / 2 ** shift) % 256);
  return bytes.join('.');
}
