# The test agent where a registry answers; agent-from-packages makes its like where none does.
FROM node:24-bookworm-slim
COPY agent.packages /tmp/
RUN apt-get update -qq \
  && xargs apt-get install -y -qq --no-install-recommends </tmp/agent.packages \
  && mkdir -p /run/sshd \
  && rm -rf /etc/ssh/ssh_host_* /var/lib/apt/lists/* /tmp/agent.packages
CMD ["sh"]
