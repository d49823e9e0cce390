import type { IToken } from 'chevrotain';
import type { Source } from '../../src/evidence/source.ts';
import type { Fault } from '../tree.ts';
import { closesNothing, neverClosed } from './balance.ts';
import {
  type Arm,
  type BlockKind,
  type BlockNode,
  type Joint,
  type Node,
  newArm,
  type RawArray,
  type RawRedirect,
  type RawWord,
} from './node.ts';
import type { Builder } from './parser.ts';
import { bodiesOf } from './tokens.ts';

interface Frame {
  readonly block: BlockNode;
  /** Where the next command goes. */
  into: Node[];
  /** Between `in` or `;;` and the `)` of a pattern. */
  inPattern: boolean;
}

/** Puts commands into blocks, keeps what stands before a fault, and names each block that is not closed. */
export class BlockBuilder implements Builder {
  readonly faults: Fault[] = [];
  readonly root: Node[] = [];
  private readonly source: Source;
  private readonly frames: Frame[] = [];
  /** How many blocks of a kind are open: a closing word that fits none is told without a search. */
  private readonly open = new Map<BlockKind, number>();
  private readonly waiting: RawRedirect[] = [];
  private nextJoint: Joint = '';
  private negated = false;
  private pendingFunction: RawWord | undefined;
  private justClosed: BlockNode | undefined;

  constructor(source: Source) {
    this.source = source;
  }

  command(words: readonly RawWord[], arrays: readonly RawArray[], redirects: readonly RawRedirect[]): void {
    for (const redirect of redirects) if (/^<<-?$/.test(redirect.operator)) this.waiting.push(redirect);
    const frame = this.frames.at(-1);
    if (frame?.inPattern === true) {
      frame.block.arms.at(-1)?.patterns.push(...words);
    } else if (words.length + arrays.length === 0 && this.justClosed !== undefined) {
      this.justClosed.redirects.push(...redirects);
    } else {
      const start = Math.min(...[words[0], arrays[0], redirects[0]].map((first) => first?.start ?? Infinity));
      this.add({ kind: 'command', words, arrays, redirects, ...this.joined(), start });
    }
  }

  piece(token: IToken): void {
    this.command([{ raw: token.image, start: token.startOffset }], [], []);
  }

  keyword(token: IToken): void {
    const frame = this.frames.at(-1);
    const word = token.image;
    if (frame?.inPattern === true && word !== 'esac') {
      frame.block.arms.at(-1)?.patterns.push({ raw: word, start: token.startOffset });
      return;
    }
    switch (word) {
      case '!':
        this.negated = !this.negated;
        break;
      case 'if':
        this.openBlock('if', token, {}, 'condition');
        break;
      case 'while':
      case 'until':
        this.openBlock('while', token, {}, 'condition');
        break;
      case '{':
        this.openBlock('group', token, {}, 'body');
        break;
      case 'then':
      case 'do':
        this.beginBody(word);
        break;
      case 'elif':
      case 'else':
        this.beginArm(word);
        break;
      case 'done':
        this.close(this.innermostLoop(), token);
        break;
      case 'fi':
        this.close('if', token);
        break;
      case 'esac':
        this.close('case', token);
        break;
      case '}':
        this.close('group', token);
        break;
    }
  }

  forHead(keyword: IToken, name: RawWord | undefined, items?: RawWord[], counting?: string): void {
    this.openBlock('for', keyword, { name, items, counting }, 'body');
  }

  caseHead(keyword: IToken, subject: RawWord | undefined): void {
    this.openBlock('case', keyword, { subject }, 'body');
    const frame = this.frames.at(-1);
    if (frame !== undefined) frame.inPattern = true;
  }

  functionHead(name: RawWord): void {
    this.callPending();
    this.pendingFunction = { raw: name.raw.replace(/[ \t]*\([ \t]*\)$/, ''), start: name.start };
  }

  joint(token: IToken): void {
    if (this.frames.at(-1)?.inPattern === true) return;
    this.callPending();
    this.justClosed = undefined;
    const { image } = token;
    this.nextJoint = image === '&&' || image === '||' ? image : image.startsWith('|') ? '|' : '';
  }

  newline(token: IToken): void {
    const bodies = bodiesOf(token);
    for (const [index, redirect] of this.waiting.splice(0).entries()) {
      const body = bodies[index];
      if (body !== undefined) redirect.body = body;
    }
    this.justClosed = undefined;
  }

  caseEnd(_token: IToken): void {
    this.callPending();
    if ((this.open.get('case') ?? 0) === 0) return;
    this.closeTo('case');
    const frame = this.frames.at(-1);
    if (frame === undefined) return;
    frame.inPattern = true;
    frame.block.arms.push(newArm());
    this.nextJoint = '';
  }

  openParen(token: IToken): void {
    if (this.frames.at(-1)?.inPattern !== true) this.openBlock('subshell', token, {}, 'body');
  }

  closeParen(token: IToken): void {
    const frame = this.frames.at(-1);
    if (frame?.inPattern !== true) {
      this.close('subshell', token);
      return;
    }
    frame.inPattern = false;
    const arm = frame.block.arms.at(-1) as Arm;
    if (arm.patterns.some(({ raw }) => raw === '*')) frame.block.exhaustive = true;
    frame.into = arm.body;
    this.nextJoint = '';
  }

  /** Closes what is still open, and says so once. */
  finish(): void {
    this.callPending();
    const innermost = this.frames.findLast(({ block }) => block.kind !== 'function');
    if (innermost !== undefined) this.faults.push(neverClosed(this.source, innermost.block));
  }

  private openBlock(
    kind: BlockKind,
    token: IToken,
    head: Pick<BlockNode, 'name' | 'subject' | 'items' | 'counting'>,
    begins: 'condition' | 'body',
  ): void {
    const name = this.pendingFunction;
    this.pendingFunction = undefined;
    if (name !== undefined) {
      const end = name.start + name.raw.length;
      this.push({ ...newBlock('function'), name, ...this.joined(), start: name.start, end }, 'body');
    }
    const end = token.startOffset + token.image.length;
    this.push({ ...newBlock(kind), ...head, ...this.joined(), start: token.startOffset, end }, begins);
  }

  private push(block: BlockNode, begins: 'condition' | 'body'): void {
    this.add(block);
    this.frames.push({ block, into: (block.arms[0] as Arm)[begins], inPattern: false });
    this.open.set(block.kind, (this.open.get(block.kind) ?? 0) + 1);
  }

  private pop(): BlockNode | undefined {
    const block = this.frames.pop()?.block;
    if (block !== undefined) this.open.set(block.kind, (this.open.get(block.kind) ?? 1) - 1);
    return block;
  }

  private beginBody(word: 'then' | 'do'): void {
    const frame = this.frames.at(-1);
    if (frame === undefined || (frame.block.kind !== 'if' && frame.block.kind !== 'while')) return;
    if ((frame.block.kind === 'if') !== (word === 'then')) return;
    frame.into = (frame.block.arms.at(-1) as Arm).body;
    this.nextJoint = '';
  }

  private beginArm(word: 'elif' | 'else'): void {
    if ((this.open.get('if') ?? 0) === 0) return;
    this.closeTo('if');
    const frame = this.frames.at(-1) as Frame;
    const arm = newArm();
    frame.block.arms.push(arm);
    if (word === 'else') frame.block.exhaustive = true;
    frame.into = word === 'else' ? arm.body : arm.condition;
    this.nextJoint = '';
  }

  private innermostLoop(): BlockKind {
    const isLoop = ({ block }: Frame) => block.kind === 'for' || block.kind === 'while';
    const top = this.frames.at(-1);
    if (top !== undefined && isLoop(top)) return top.block.kind;
    if ((this.open.get('for') ?? 0) === 0) return 'while';
    if ((this.open.get('while') ?? 0) === 0) return 'for';
    return this.frames.findLast(isLoop)?.block.kind ?? 'for';
  }

  private close(kind: BlockKind, token: IToken): void {
    this.callPending();
    if ((this.open.get(kind) ?? 0) === 0) {
      this.faults.push(closesNothing(this.source, token, kind));
      return;
    }
    this.closeTo(kind);
    this.justClosed = this.pop();
    if (this.frames.at(-1)?.block.kind === 'function') this.pop();
    this.nextJoint = '';
  }

  /** Makes the innermost block of a kind the top one; what was open inside it is a fault. */
  private closeTo(kind: BlockKind): void {
    for (
      let top = this.frames.at(-1);
      top !== undefined && top.block.kind !== kind;
      top = this.frames.at(-1)
    ) {
      if (top.block.kind !== 'function') this.faults.push(neverClosed(this.source, top.block));
      this.pop();
    }
  }

  /** `name ()` without a block behind it: people write it for a call. */
  private callPending(): void {
    const name = this.pendingFunction;
    if (name === undefined) return;
    this.pendingFunction = undefined;
    this.add({
      kind: 'command',
      words: [name],
      arrays: [],
      redirects: [],
      ...this.joined(),
      start: name.start,
    });
  }

  private joined(): { joint: Joint; negated: boolean } {
    const result = { joint: this.nextJoint, negated: this.negated };
    this.nextJoint = '';
    this.negated = false;
    return result;
  }

  private add(node: Node): void {
    if (node.kind === 'command') this.callPending();
    this.justClosed = undefined;
    (this.frames.at(-1)?.into ?? this.root).push(node);
  }
}

function newBlock(kind: BlockKind) {
  return { kind, arms: [newArm()], redirects: [], exhaustive: kind === 'group' || kind === 'subshell' };
}
