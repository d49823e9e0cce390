import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { directorAnswer } from '../support/answer.ts';
import { newKeys, serve, userWith } from '../support/ssh-server.ts';

// Serves as many hosts as the first argument says, until standard input ends, and says where: a home with keys and known
// hosts, and in it an inventory.

const [hostKey, own] = [newKeys(), newKeys()];
const known: string[] = [];
const hostvars: Record<string, object> = {};
for (let at = 0; at < Number(process.argv[2]); at++) {
  const name = `lb${String(at).padStart(4, '0')}`;
  const answer = directorAnswer(name, at % 2 === 0 ? 'MASTER' : 'BACKUP');
  const { port } = await serve(hostKey, own, (_, say) => say(answer, 0));
  known.push(`[127.0.0.1]:${port} ${hostKey.public}\n`);
  hostvars[name] = { ansible_host: '127.0.0.1', ansible_port: port };
}
const user = userWith({ id_ed25519: own.private, known_hosts: known.join('') });
writeFileSync(join(user.home, 'all.json'), JSON.stringify({ _meta: { hostvars } }));
process.stdout.write(`${user.home}\n`);
process.stdin.on('end', () => {
  user.remove();
  process.exit();
});
process.stdin.resume();
