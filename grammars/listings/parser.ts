import { EmbeddedActionsParser, type IToken, type TokenType } from 'chevrotain';
import {
  Connection,
  ConnectionHead,
  ConnectionTitle,
  Daemon,
  Server,
  ServerHead,
  Service,
  ServiceHead,
  Timeouts,
  tokenTypes,
  Version,
} from './tokens.ts';

/** A line as the lexer cut it out of the text. */
export interface Line {
  readonly start: number;
  readonly text: string;
}

/** What is done with each line, in the order of the text. */
export interface ListingVisitor {
  version(line: Line): void;
  serviceHead(line: Line): void;
  serverHead(line: Line): void;
  service(line: Line, servers: readonly Line[]): void;
  /** A server that no service stands above. */
  strayServer(line: Line): void;
  connection(line: Line): void;
  timeouts(line: Line): void;
  daemon(line: Line): void;
}

class ListingParser extends EmbeddedActionsParser {
  visitor: ListingVisitor | undefined;

  constructor() {
    super(tokenTypes, { maxLookahead: 1, skipValidations: true });
    this.performSelfAnalysis();
  }

  /** listings = *( heading / service *server / server / connection / timeouts / daemon ), so any order can be read */
  listings = this.RULE('listings', () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.service) },
        { ALT: () => this.take(Server, (line, visitor) => visitor.strayServer(line)) },
        { ALT: () => this.take(Connection, (line, visitor) => visitor.connection(line)) },
        { ALT: () => this.take(Version, (line, visitor) => visitor.version(line)) },
        { ALT: () => this.take(ServiceHead, (line, visitor) => visitor.serviceHead(line)) },
        { ALT: () => this.take(ServerHead, (line, visitor) => visitor.serverHead(line)) },
        { ALT: () => this.CONSUME(ConnectionTitle) },
        { ALT: () => this.CONSUME(ConnectionHead) },
        { ALT: () => this.take(Timeouts, (line, visitor) => visitor.timeouts(line)) },
        { ALT: () => this.take(Daemon, (line, visitor) => visitor.daemon(line)) },
      ]);
    });
  });

  service = this.RULE('service', () => {
    const line = this.CONSUME(Service);
    const servers: Line[] = [];
    this.MANY(() => {
      const server = this.CONSUME(Server);
      this.ACTION(() => servers.push(lineOf(server)));
    });
    this.ACTION(() => this.visitor?.service(lineOf(line), servers));
  });

  private take(type: TokenType, visit: (line: Line, visitor: ListingVisitor) => void): void {
    const token = this.CONSUME(type);
    this.ACTION(() => this.visitor && visit(lineOf(token), this.visitor));
  }
}

function lineOf({ startOffset, image }: IToken): Line {
  return { start: startOffset, text: image };
}

let parser: ListingParser | undefined;

/** Hands the lines of a listing over, in order, each server with its service. */
export function parseListings(tokens: IToken[], visitor: ListingVisitor): void {
  parser ??= new ListingParser();
  parser.visitor = visitor;
  parser.input = tokens;
  parser.listings();
  parser.input = [];
  parser.visitor = undefined;
}
