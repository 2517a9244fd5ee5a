/** Rules of the house that the linter does not have. */

const isDate = (node) => node.type === 'Identifier' && node.name === 'Date';

/** Time is an argument (CONTRIBUTING, 4): `new Date()` reads the machine's clock as `Date.now()` does. */
const noPresentDate = {
  create: (context) => ({
    NewExpression: (node) => {
      if (isDate(node.callee) && node.arguments.length === 0) context.report({ node, message: 'Time is an argument: take a Clock.' });
    },
  }),
};

export default { meta: { name: 'vigil' }, rules: { 'no-present-date': noPresentDate } };
