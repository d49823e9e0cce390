import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import type { Checker } from '../../src/model/service.ts';
import { usesCheck } from '../../src/model/service-traits.ts';

export default defineRule({
  id: 'checker/http-expectation',
  severity: 'warning',
  title: 'an HTTP check expects what a healthy server may not answer',
  why: 'A healthy server fails the check and is taken out, all of them at once; or a default page answers for a dead site.',
  remedy:
    'Check a page made for it: path /healthz with status_code 200, virtualhost and enable_sni where names matter.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      if (!usesCheck(service, 'HTTP_GET', 'SSL_GET')) continue;
      const said = new Set<string>();
      for (const { checkers = [] } of service.realServers) {
        for (const checker of checkers) {
          if (checker.kind !== 'HTTP_GET' && checker.kind !== 'SSL_GET') continue;
          for (const { kind, ...flaw } of flawsOf(checker)) {
            // The same block is copied from server to server: once is enough.
            if (said.has(kind)) continue;
            said.add(kind);
            report({ host, about: service, severity: kind === 'path' ? 'warning' : 'info', ...flaw });
          }
        }
      }
    }
  },
});

function* flawsOf({ kind: check, urls = [], virtualhost, enableSni }: Checker) {
  for (const url of urls) {
    const { path, statusCode, digest, regex } = url;
    if (path !== undefined && path.value !== '' && !/^(\/|https?:)/.test(path.value))
      yield {
        kind: 'path',
        at: path,
        message: `the path ${path.value} does not begin with a slash: web servers answer 400 to it`,
      };
    if (digest?.value.length === 32)
      yield { kind: 'digest', at: digest, message: 'a digest fits as long as no byte of the page changes' };
    else if (statusCode === undefined && regex === undefined && digest === undefined)
      yield {
        kind: 'status',
        at: path ?? url,
        message: `${path?.value ?? 'the url'} has no status_code: any 2xx passes, a redirect fails`,
      };
    const name = url.virtualhost ?? virtualhost;
    if (check === 'SSL_GET' && name !== undefined && enableSni?.value !== true)
      yield {
        kind: 'sni',
        at: name,
        message: `without enable_sni the server hears of ${name.value} only behind the TLS handshake`,
      };
  }
}
