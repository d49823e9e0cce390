/** The words that `lb_algo` takes, in the kernel's spelling (keepalived.conf(5); ipvsadm(8)). */
export const SCHEDULERS: readonly string[] = 'rr wrr lc wlc lblc lblcr sh mh dh fo ovf sed nq twos'.split(
  ' ',
);

const BLANK = 32;
const DIGIT_0 = 48;
const DIGIT_9 = 57;
const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const COLON = 58;

/** A decimal number within bounds, as keepalived reads one: a sign and leading zeros are allowed, nothing else. */
export function readInteger(text: string, min: number, max: number): number | undefined {
  let at = blanksBefore(text);
  const sign = text.charCodeAt(at);
  if (sign === PLUS || sign === MINUS) at++;
  // A minus is refused wherever no negative value is legal, `-0` included.
  if (at === text.length || (sign === MINUS && min >= 0)) return undefined;
  let value = 0;
  for (; at < text.length; at++) {
    const digit = text.charCodeAt(at) - DIGIT_0;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  if (sign === MINUS) value = value === 0 ? 0 : -value;
  return value >= min && value <= max ? value : undefined;
}

/** Blanks inside quotes are skipped, as strtol(3) does. */
function blanksBefore(text: string): number {
  let at = 0;
  while (text.charCodeAt(at) === BLANK) at++;
  return at;
}

/**
 * Seconds, with a fraction at will; keepalived's timers are no finer than a microsecond, so more than six decimals
 * are a fault of the text (see check.ts) but no other value.
 */
export function readSeconds(text: string, min: number, max: number): number | undefined {
  let value = 0;
  let digits = 0;
  let unit = 1;
  let at = blanksBefore(text);
  if (text.charCodeAt(at) === PLUS) at++;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === POINT && unit === 1) unit = 10;
    else if (code < DIGIT_0 || code > DIGIT_9) return undefined;
    else {
      digits++;
      if (unit === 1) value = value * 10 + code - DIGIT_0;
      else {
        value += (code - DIGIT_0) / unit;
        unit *= 10;
      }
    }
  }
  if (digits === 0) return undefined;
  // A sum of decimals drifts in the last bits: 1.1 + 0.01 is not 1.11.
  if (unit > 1) value = Math.round(value * 1e6) / 1e6;
  return value >= min && value <= max ? value : undefined;
}

/** keepalived's switches; a keyword that stands alone means on. `1`, `0`, `ON` are not among them. */
export function readBoolean(text: string | undefined): boolean | undefined {
  switch (text) {
    case undefined:
    case 'on':
    case 'true':
    case 'yes':
      return true;
    case 'off':
    case 'false':
    case 'no':
      return false;
    default:
      return undefined;
  }
}

/** A scheduler as keepalived accepts it: lower case only. */
export function readScheduler(text: string): string | undefined {
  return SCHEDULERS.includes(text) ? text : undefined;
}

/** A forwarding method as keepalived accepts it: upper case only. */
export function readMethod(text: string): 'NAT' | 'DR' | 'TUN' | undefined {
  return text === 'NAT' || text === 'DR' || text === 'TUN' ? text : undefined;
}

/** A protocol of a virtual server: the one enumeration that keepalived compares without regard to case. */
export function readProtocol(text: string): 'TCP' | 'UDP' | 'SCTP' | undefined {
  const upper = text.length <= 4 ? text.toUpperCase() : '';
  return upper === 'TCP' || upper === 'UDP' || upper === 'SCTP' ? upper : undefined;
}

/** The family of a bare address as inet_pton(3) reads it: no prefix, no brackets, no zone, no leading zeros. */
export function addressFamily(text: string): 4 | 6 | undefined {
  if (text.length < 2 || text.length > 45) return undefined;
  if (isIPv4(text, 0)) return 4;
  return isIPv6(text) ? 6 : undefined;
}

function isIPv4(text: string, from: number): boolean {
  let octets = 0;
  let digits = 0;
  let value = 0;
  for (let at = from; at <= text.length; at++) {
    const code = at === text.length ? POINT : text.charCodeAt(at);
    if (code === POINT) {
      if (digits === 0 || value > 255) return false;
      octets++;
      digits = 0;
      value = 0;
    } else {
      if (code < DIGIT_0 || code > DIGIT_9 || digits === 3 || (digits > 0 && value === 0)) return false;
      value = value * 10 + code - DIGIT_0;
      digits++;
    }
  }
  return octets === 4;
}

function isIPv6(text: string): boolean {
  let groups = 0;
  let digits = 0;
  let groupStart = 0;
  let compressed = false;
  let at = 0;
  if (text.charCodeAt(0) === COLON) {
    if (text.charCodeAt(1) !== COLON) return false;
    compressed = true;
    at = 2;
    groupStart = 2;
  }
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COLON) {
      if (digits > 0) {
        groups++;
        digits = 0;
        // One colon may not end the text; a second one compresses.
        if (at + 1 === text.length) return false;
      } else {
        if (compressed) return false;
        compressed = true;
      }
      groupStart = at + 1;
    } else if (code === POINT) {
      if (!isIPv4(text, groupStart)) return false;
      groups += 2;
      digits = 0;
      break;
    } else {
      if (!isHexDigit(code) || digits === 4) return false;
      digits++;
    }
  }
  if (digits > 0) groups++;
  return compressed ? groups < 8 : groups === 8;
}

function isHexDigit(code: number): boolean {
  return (code >= DIGIT_0 && code <= DIGIT_9) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}
