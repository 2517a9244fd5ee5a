import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import reactHooks from 'eslint-plugin-react-hooks';

/** Time, randomness, environment and processes are reached through base/ and platform/ only (house rule 5). */
const worldlyReach = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Time is an argument: take a Clock.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is an argument: take a Clock.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Randomness lives in base/.' },
  { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'The environment is read in base/config.ts only.' },
  { selector: "ImportDeclaration[source.value='node:child_process']", message: 'Processes live in platform/process.' },
];

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'data', 'data-demo', 'coverage', 'test-results', '**/*.mjs', 'eslint.config.js', '.dependency-cruiser.cjs'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    // Browser tests import the server: in one program with it, its types are worked out once.
    languageOptions: { parserOptions: { project: ['./tsconfig.lint.json', './web/tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', ...worldlyReach],
    },
  },
  {
    files: ['server/src/base/**', 'server/src/platform/**', 'simulators/**', 'bench/**', 'web/**', 'recorder/main.ts', '**/*.test.ts', '**/testing/**', 'scripts/**', 'verify/cli.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['web/src/**'], plugins: { 'react-hooks': reactHooks }, rules: { ...reactHooks.configs.recommended.rules, 'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }] } },
  {
    files: ['**/*.test.ts', '**/*.e2e.ts', '**/testing/**'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
