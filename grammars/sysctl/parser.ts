import { EmbeddedActionsParser, type IToken, type ParserMethod } from 'chevrotain';
import { Assignment, ByteOrderMark, Exclusion, Shell, Stray, SYSCTL_TOKENS, sysctlLexer } from './tokens.ts';

/** A line that is neither blank nor a comment, and what it is meant to be. */
export interface SysctlLine {
  readonly kind: 'assignment' | 'exclusion' | 'shell' | 'stray' | 'byte-order-mark';
  /** The text from its first character that is not blank to the end of the line. */
  readonly text: string;
  readonly start: number;
}

class SysctlParser extends EmbeddedActionsParser {
  readonly document: ParserMethod<[], SysctlLine[]>;

  constructor() {
    super(SYSCTL_TOKENS, { maxLookahead: 1, skipValidations: true });
    const line = this.RULE('line', () =>
      this.OR([
        { ALT: () => lineOf('assignment', this.CONSUME(Assignment)) },
        { ALT: () => lineOf('exclusion', this.CONSUME(Exclusion)) },
        { ALT: () => lineOf('shell', this.CONSUME(Shell)) },
        { ALT: () => lineOf('byte-order-mark', this.CONSUME(ByteOrderMark)) },
        { ALT: () => lineOf('stray', this.CONSUME(Stray)) },
      ]),
    );
    this.document = this.RULE('document', () => {
      const lines: SysctlLine[] = [];
      this.MANY(() => {
        lines.push(this.SUBRULE(line));
      });
      return lines;
    });
    this.performSelfAnalysis();
  }
}

let parser: SysctlParser | undefined;

/** The lines of a text that mean something; every text has some reading. */
export function sysctlLines(text: string): readonly SysctlLine[] {
  parser ??= new SysctlParser();
  parser.input = sysctlLexer().tokenize(text).tokens;
  return parser.document();
}

function lineOf(kind: SysctlLine['kind'], token: IToken): SysctlLine {
  return { kind, text: token.image, start: token.startOffset };
}
