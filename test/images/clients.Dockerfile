# The test clients where a registry answers: the agent and every other client; debian-from-packages makes its like where none does.
FROM node:24-bookworm-slim
COPY agent.packages clients.packages /tmp/
RUN apt-get update -qq \
  && cat /tmp/agent.packages /tmp/clients.packages | xargs apt-get install -y -qq --no-install-recommends \
  && mkdir -p /run/sshd \
  && rm -rf /etc/ssh/ssh_host_* /var/lib/apt/lists/* /tmp/*.packages
CMD ["sh"]
