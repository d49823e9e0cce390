import { defineRule } from '../../src/judge/rule.ts';
import { deepApplication } from '../../src/model/applications.ts';
import { servedPort } from '../../src/model/ports.ts';
import type { RealServer, VirtualService } from '../../src/model/service.ts';

export default defineRule({
  id: 'checker/layer4-only',
  severity: 'info',
  title: 'a check sees only that the port is open',
  why: 'The kernel accepts connections for an application that hangs; a database that became read-only accepts them too.',
  remedy: 'Ask the application: HTTP_GET or SSL_GET with status_code, or a MISC_CHECK that runs a query.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      // Once for each application: the same block is copied from service to service.
      const said = new Set<string>();
      for (const service of host.services) {
        const server = service.protocol?.value === 'UDP' ? undefined : shallowServer(service);
        const [first] = server?.checkers ?? [];
        if (server === undefined || first === undefined) continue;
        const application = deepApplication(servedPort(service, server));
        if (application === undefined || said.has(application)) continue;
        said.add(application);
        report({
          host,
          about: service,
          at: first,
          message: `the ${first.kind} of ${server.label} does not see whether ${application} works, only that ${first.kind === 'PING_CHECK' ? 'the machine answers' : 'the port is open'}`,
        });
      }
    }
  },
});

function shallowServer({ realServers }: VirtualService): RealServer | undefined {
  return realServers.find(
    ({ checkers = [] }) =>
      checkers.length > 0 && checkers.every(({ kind }) => kind === 'TCP_CHECK' || kind === 'PING_CHECK'),
  );
}
