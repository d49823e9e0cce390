import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import { Close, Line, Open, tokenTypes, UnclosedQuote } from './tokens.ts';

/** What the parser tells of a file, in order; the reader turns it into statements. */
export interface Builder {
  line(token: IToken): void;
  open(brace: IToken): void;
  close(brace: IToken): void;
  unclosedQuote(quote: IToken): void;
}

/*
 * The grammar is flat on purpose: keepalived itself keeps a depth counter and no tree, every fault is an
 * alternative like any other, and 10,000 nested braces cost no stack. The builder keeps the stack.
 */
class KeepalivedParser extends EmbeddedActionsParser {
  builder: Builder | undefined;

  constructor() {
    super(tokenTypes, { maxLookahead: 1, skipValidations: true });
    this.performSelfAnalysis();
  }

  /** document = *( line / open / close / unclosed-quote ) */
  document = this.RULE('document', () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.tell('line', this.CONSUME(Line)) },
        { ALT: () => this.tell('open', this.CONSUME(Open)) },
        { ALT: () => this.tell('close', this.CONSUME(Close)) },
        { ALT: () => this.tell('unclosedQuote', this.CONSUME(UnclosedQuote)) },
      ]);
    });
  });

  private tell(what: keyof Builder, token: IToken): void {
    this.ACTION(() => this.builder?.[what](token));
  }
}

let parser: KeepalivedParser | undefined;

/** Feeds the tokens of a file to a builder. */
export function parseTokens(tokens: IToken[], builder: Builder): void {
  parser ??= new KeepalivedParser();
  parser.builder = builder;
  parser.input = tokens;
  parser.document();
  parser.builder = undefined;
  parser.input = [];
}
