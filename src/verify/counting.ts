import { type Remote, RemoteFailure } from '../collect/remote.ts';
import { COMMANDS, scriptOf } from './commands.ts';
import { readCounters, type ServiceCounters } from './counters.ts';

/** A director that is asked again and again, on one connection: a new one costs more than the answer. */
export interface Counting {
  /** The counters of a service by its key; undefined where the director does not tell them, or not in time. */
  read(service: string): Promise<ServiceCounters | undefined>;
  end(): void;
}

const ANSWER_MS = 60_000;
const OPTIONS: Readonly<Record<string, string>> = {
  TCP: '-t',
  UDP: '-u',
  SCTP: '--sctp-service',
  FWM: '-f',
};

/** Opens a shell on a director that reads counters of the services that it is told. */
export function startCounting(director: Remote): Counting {
  const stop = new AbortController();
  const decoder = new TextDecoder();
  let text = '';
  let say: ((words: string) => void) | undefined;
  let heard = () => {};
  let isOver = false;
  const end = () => {
    isOver = true;
    heard();
  };
  director
    .run(scriptOf(COMMANDS.counters, {}), stop.signal, (bytes, speak) => {
      text += decoder.decode(bytes, { stream: true });
      say = speak;
      heard();
    })
    .then(end, (error) => {
      end();
      // A program of ours that fails is not a director that does not answer.
      if (!(error instanceof RemoteFailure)) throw error;
    });
  /** What stands in front of a line, as soon as that has come. */
  const upTo = (line: string): Promise<string | undefined> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), ANSWER_MS);
      const look = () => {
        const at = text.indexOf(`${line}\n`);
        if (at < 0 && !isOver) return;
        clearTimeout(timer);
        heard = () => {};
        resolve(at < 0 ? undefined : text.slice(0, at));
        text = at < 0 ? '' : text.slice(at + line.length + 1);
      };
      heard = look;
      look();
    });
  const ready = upTo('ready');
  return {
    async read(service) {
      if ((await ready) === undefined || isOver) return undefined;
      const [kind = '', name = ''] = service.split(' ');
      const [mark = '', family] = name.split('/');
      say?.(
        kind === 'FWM' ? `-f ${mark} ${family === '6' ? 'yes' : ''}\n` : `${OPTIONS[kind] ?? '-t'} ${name}\n`,
      );
      const told = await upTo('counted');
      return told === undefined ? undefined : readCounters(told);
    },
    end: () => stop.abort(),
  };
}
