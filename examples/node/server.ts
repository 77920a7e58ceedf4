// A JSON endpoint of a Node back end: an invalid input gives a problem document with the code and the path.
//
//   npx tsc --module node20 server.ts && node server.js
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

import { WherewithalError, debt, type ErrorKind, type Loan } from "wherewithal";

const STATUS: Record<ErrorKind, number> = { invalidInput: 422, noSolution: 422, tooLarge: 413, notFound: 404, cancelled: 499 };

export const server = createServer(async (request, response) => {
  const answer = (status: number, body: unknown) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  try {
    const loan = JSON.parse(await text(request)) as Loan;
    const { payment, totalInterest, payoffDate } = debt.amortize(loan);
    answer(200, { payment, totalInterest, payoffDate });
  } catch (error) {
    if (error instanceof WherewithalError) answer(STATUS[error.kind], error);
    else if (error instanceof SyntaxError) answer(400, { message: "the body is not JSON" });
    else throw error;
  }
});

server.listen(Number(process.argv[2] ?? 3000), () => console.log("listening", server.address()));
