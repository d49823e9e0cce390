import type { Doubt } from './doubt.ts';
import type { Checker, CheckerUrl } from './service.ts';

/** What a check of a web page expects although a healthy server may answer something else. */
export interface HttpDoubt extends Doubt {
  readonly kind: 'path' | 'digest' | 'status' | 'sni';
}

export function httpDoubts(checker: Checker): readonly HttpDoubt[] {
  if (checker.kind !== 'HTTP_GET' && checker.kind !== 'SSL_GET') return [];
  return (checker.urls ?? []).flatMap((url) => [
    ...pathDoubts(url),
    ...answerDoubts(url),
    ...nameDoubts(url, checker),
  ]);
}

function pathDoubts({ path }: CheckerUrl): readonly HttpDoubt[] {
  if (path === undefined || path.value === '' || /^(\/|https?:)/.test(path.value)) return [];
  const message = `the path ${path.value} does not begin with a slash: web servers answer 400 to it`;
  return [{ kind: 'path', at: path, message }];
}

function answerDoubts(url: CheckerUrl): readonly HttpDoubt[] {
  const { path, statusCode, digest, regex } = url;
  if (digest?.value.length === 32)
    return [{ kind: 'digest', at: digest, message: 'a digest fits as long as no byte of the page changes' }];
  if ((statusCode ?? regex ?? digest) !== undefined) return [];
  const message = `${path?.value ?? 'the url'} has no status_code: any 2xx passes, a redirect fails`;
  return [{ kind: 'status', at: path ?? url, message }];
}

function nameDoubts(url: CheckerUrl, { kind, virtualhost, enableSni }: Checker): readonly HttpDoubt[] {
  const at = url.virtualhost ?? virtualhost;
  if (kind !== 'SSL_GET' || at === undefined || enableSni?.value === true) return [];
  const message = `without enable_sni the server hears of ${at.value} only behind the TLS handshake`;
  return [{ kind: 'sni', at, message }];
}
