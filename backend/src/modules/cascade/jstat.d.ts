declare module 'jstat' {
  const jstat: { studentt: { inv(p: number, df: number): number }; centralF: { cdf(x: number, df1: number, df2: number): number } };
  export default jstat;
}
