export function answerQuestions(answers: Record<string, (argument: unknown) => unknown>): void
