import { defineRule } from '../../src/judge/rule.ts';
import { speaksHttp, speaksTls } from '../../src/model/applications.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { checkedPort } from '../../src/model/ports.ts';
import { usesCheck } from '../../src/model/service-traits.ts';

export default defineRule({
  id: 'checker/http-on-tls-port',
  severity: 'warning',
  title: 'an HTTP check does not speak what its port speaks',
  why: 'A web server answers 400 to plain HTTP on a TLS port, and nothing to TLS on a plain one: all servers are taken out at once.',
  remedy: 'Use SSL_GET for a TLS port and HTTP_GET for a plain one, or write connect_port.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      if (!usesCheck(service, 'HTTP_GET', 'SSL_GET')) continue;
      for (const server of service.realServers) {
        const checker = server.checkers?.find((each) => {
          const port = checkedPort(service, server, each);
          return each.kind === 'HTTP_GET' ? speaksTls(port) : each.kind === 'SSL_GET' && speaksHttp(port);
        });
        if (checker === undefined) continue;
        report({
          host,
          about: service,
          at: checker.connectPort ?? checker,
          message: `the ${checker.kind} of ${server.label} asks port ${checkedPort(service, server, checker)}, which usually speaks ${checker.kind === 'HTTP_GET' ? 'TLS' : 'plain HTTP'}`,
        });
        // The same block is copied from server to server: once is enough.
        break;
      }
    }
  },
});
