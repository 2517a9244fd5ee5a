export const zh = {
  title: 'X',
};
