interface Head {
  readonly usage: string;
  readonly does: string;
  /** Command lines, each with what it is for: what a reader came for, so they stand first. */
  readonly examples: readonly (readonly [line: string, is: string])[];
}

/** What the help of each command begins with, by the word that stands in for it in the parser's own help. */
export const HEADS: Readonly<Record<string, Head>> = {
  lvsdoctor: {
    usage: 'lvsdoctor COMMAND',
    does: 'finds what is wrong with a Linux Virtual Server cluster (IPVS + keepalived)',
    examples: [
      ['lvsdoctor lint lb1.conf lb2.conf', 'judge a pair of directors'],
      ['lvsdoctor diagnose lb1 lb2 rs1', 'look at running hosts, now'],
      ['lvsdoctor verify distribution', 'prove that requests are spread right'],
      ['lvsdoctor explain reset after failover', 'where to look when you see this'],
      ['lvsdoctor init', 'write settings for this folder'],
    ],
  },
  lint: {
    usage: 'lvsdoctor lint [PATH…]',
    does: 'judges the files of a cluster; changes nothing but with --fix',
    examples: [
      ['lvsdoctor lint', 'what the settings name, else this folder'],
      ['lvsdoctor lint lb1.conf lb2.conf', 'a pair of directors'],
      ['lvsdoctor lint lb1/ lb2/ rs1/', 'a folder for each host'],
      ['lvsdoctor lint --as sysctl - < file', 'standard input, as this format'],
      ['lvsdoctor lint --format json > out', 'for programs'],
      ['lvsdoctor lint --fix lb1/ lb2/', 'repair what is sure'],
      ['lvsdoctor lint --diff --unsafe lb1/', 'show what more could be repaired'],
    ],
  },
  diagnose: {
    usage: 'lvsdoctor diagnose [HOST…] | --local | --snapshot DIR',
    does: 'looks at running hosts and says what is wrong; reads only and changes nothing',
    examples: [
      ['lvsdoctor diagnose', 'every host of the settings'],
      ['lvsdoctor diagnose lb1 root@lb2:2222', 'these, by ssh and its own settings'],
      ['lvsdoctor diagnose --inventory all.json lvs', 'a group of an Ansible inventory'],
      ['lvsdoctor diagnose --local', 'this host'],
      ['lvsdoctor diagnose --snapshot look/', 'what collect saw'],
      ['lvsdoctor diagnose --local --watch', 'what changes, until Ctrl-C'],
      ['lvsdoctor diagnose --local --symptom vip-flaps', 'is it this?'],
      ['lvsdoctor diagnose --show-commands', 'what would run on a host'],
    ],
  },
  verify: {
    usage: 'lvsdoctor verify TEST',
    does: 'proves a cluster by its traffic: sends requests, counts, and judges by theory',
    examples: [
      ['lvsdoctor verify distribution', 'every service of all hosts'],
      ['lvsdoctor verify failover --dry-run', 'what would be done'],
      ['lvsdoctor verify distribution --show-commands', 'what would run'],
    ],
  },
  'verify distribution': {
    usage: 'lvsdoctor verify distribution [SERVICE…]',
    does: 'sends requests and says whether they are spread as scheduler and weights say',
    examples: [
      ['lvsdoctor verify distribution', 'every service of all hosts'],
      ['lvsdoctor verify distribution 192.0.2.10:80', 'this one'],
      ['lvsdoctor verify distribution --identify body', 'answers tell who gave them'],
      ['lvsdoctor verify distribution --dry-run', 'what would be sent, and why so much'],
    ],
  },
  'verify real-server': {
    usage: 'lvsdoctor verify real-server [SERVER]',
    does: 'lets a real server fail and says whether it is taken out, and put back',
    examples: [
      ['lvsdoctor verify real-server --dry-run', 'what would be done, and how long it takes'],
      ['lvsdoctor verify real-server rs1', 'refuse its connections, after a yes'],
      ['lvsdoctor verify real-server rs1 --fault drop', 'as a dead machine does'],
    ],
  },
  'verify failover': {
    usage: 'lvsdoctor verify failover',
    does: 'lets the master fail and says whether its VIPs move, what clients notice, and whether all comes back',
    examples: [
      ['lvsdoctor verify failover --dry-run', 'what would be done, and how long it takes'],
      ['lvsdoctor verify failover', 'stop keepalived on the master, after a yes'],
      ['lvsdoctor verify failover --fault crash', 'what a power cut is to the others'],
      ['lvsdoctor verify failover --yes --allow-disruption', 'in a pipeline'],
    ],
  },
  'verify judge': {
    usage: 'lvsdoctor verify judge FILE…',
    does: 'judges again what a test wrote down with --timeline; touches no host',
    examples: [
      ['lvsdoctor verify judge run.json', 'expected and measured, and what is wrong'],
      ['lvsdoctor verify judge --format html=run.html run.json', 'a page with plots'],
      ['lvsdoctor verify judge run-*.json', 'several failovers: median and worst'],
    ],
  },
  collect: {
    usage: 'lvsdoctor collect [HOST…] -o DIR | --script',
    does: 'saves what diagnose looks at, without its secrets',
    examples: [
      ['lvsdoctor collect lb1 lb2 -o look', 'these, by ssh'],
      ['lvsdoctor collect --local -o look', 'this host'],
      ['lvsdoctor collect --script > look.sh', 'for hosts that others reach'],
      ['ssh lb1 sh -s < look.sh > look/lb1.out', 'one way to run it'],
      ['lvsdoctor diagnose --snapshot look', 'judge what came back'],
    ],
  },
  explain: {
    usage: 'lvsdoctor explain [NAME…]',
    does: 'says where to look for what you see, and what a rule or a log line means',
    examples: [
      ['lvsdoctor explain', 'every symptom'],
      ['lvsdoctor explain all-traffic-to-one-server', 'one symptom'],
      ['lvsdoctor explain reset after failover', 'what words find'],
      ['lvsdoctor explain received an invalid passwd', 'a line of a log'],
      ['lvsdoctor explain plaintext-auth', 'one rule'],
    ],
  },
  rules: {
    usage: 'lvsdoctor rules',
    does: 'lists every rule',
    examples: [
      ['lvsdoctor rules', 'severity, name and title'],
      ['lvsdoctor rules --json', 'the same for programs, with why and remedy'],
    ],
  },
  init: {
    usage: 'lvsdoctor init [PATH…]',
    does: 'writes a first lvsdoctor.yaml from the files that it finds, never over another',
    examples: [
      ['lvsdoctor init', 'from this folder'],
      ['lvsdoctor init lb1/ lb2/ rs1/', 'from these'],
    ],
  },
};

/** The parser's help with the head of its command in front. */
export function withHead(help: string): string {
  const end = help.indexOf('\n');
  const head = HEADS[help.slice(0, end)];
  if (head === undefined) return `${help}\n`;
  const column = Math.max(...head.examples.map(([line]) => line.length)) + 2;
  const lines = head.examples.map(([line, is]) => `  ${line.padEnd(column)}${is}`);
  return `${head.usage}\n${head.does}\n\nExamples:\n${lines.join('\n')}${help.slice(end)}\n`;
}
