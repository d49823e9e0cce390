import type { HeredocBody } from './heredoc.ts';

/** A word as it stands in the text, quotes and all. */
export interface RawWord {
  readonly raw: string;
  readonly start: number;
}

/** `> file`, `2>&1`, `<<EOF`: what stands in front of the sign, the sign, and what stands behind it. */
export interface RawRedirect {
  readonly operator: string;
  readonly fd: string;
  readonly target: RawWord | undefined;
  readonly start: number;
  body?: HeredocBody;
}

/** `name=( … )` */
export interface RawArray {
  readonly name: string;
  readonly append: boolean;
  readonly items: readonly RawWord[];
  readonly start: number;
}

/** How a command hangs together with the one before it; '' for a new line, `;` and `&`. */
export type Joint = '' | '&&' | '||' | '|';

export interface CommandNode {
  readonly kind: 'command';
  readonly words: readonly RawWord[];
  readonly arrays: readonly RawArray[];
  readonly redirects: readonly RawRedirect[];
  readonly joint: Joint;
  readonly negated: boolean;
  readonly start: number;
}

/** One way through a block: `if` and `elif` have a condition, `case` has patterns, the rest only a body. */
export interface Arm {
  readonly condition: Node[];
  readonly patterns: RawWord[];
  readonly body: Node[];
}

export type BlockKind = 'if' | 'while' | 'for' | 'case' | 'group' | 'subshell' | 'function';

export interface BlockNode {
  readonly kind: BlockKind;
  /** The loop's variable or the function's name. */
  readonly name?: RawWord | undefined;
  /** What `case` looks at. */
  readonly subject?: RawWord | undefined;
  /** What `for` goes through; undefined: the script's own arguments. */
  readonly items?: readonly RawWord[] | undefined;
  /** `((…;…;…))` of a counting loop. */
  readonly counting?: string | undefined;
  readonly arms: Arm[];
  /** Behind the closing word: they hold for every command inside. */
  readonly redirects: RawRedirect[];
  /** The last arm is taken when no other is: `else`, `*)`. */
  exhaustive: boolean;
  readonly joint: Joint;
  readonly negated: boolean;
  readonly start: number;
  /** The end of the opening word. */
  readonly end: number;
}

export type Node = CommandNode | BlockNode;

export function newArm(): Arm {
  return { condition: [], patterns: [], body: [] };
}
