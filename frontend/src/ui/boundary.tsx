import { Component, type ReactNode } from 'react';

interface Props { /** Where one is: going elsewhere forgets what failed here. */ at: string; fallback: ReactNode; children: ReactNode }
/** What is shown where a page could not be: its file is not on this machine and there is no network, or it broke. Without it everything would be blank. */
export class Boundary extends Component<Props, { failedAt: string | null }> {
  override state: { failedAt: string | null } = { failedAt: null };
  static getDerivedStateFromError = () => ({ failedAt: '' });
  override componentDidCatch(): void {
    this.setState({ failedAt: this.props.at });
  }
  override render(): ReactNode {
    const { failedAt } = this.state;
    return failedAt === null || (failedAt !== '' && failedAt !== this.props.at) ? this.props.children : this.props.fallback;
  }
}
